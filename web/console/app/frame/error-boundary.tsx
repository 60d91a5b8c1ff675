import { Component, type ComponentChildren, type JSX } from "preact";
import { Button } from "../../ui/basics/button.tsx";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { useWords } from "../../ui/locale.tsx";
import { frameWords } from "../../words/frame.ts";

interface Props {
  children: ComponentChildren;
}

interface State {
  failed: boolean;
}

/** Keeps a fault in one page from taking the whole console along. Give it the page's path as key. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false };

  static override getDerivedStateFromError(): State {
    return { failed: true };
  }

  override componentDidCatch(fault: unknown): void {
    console.error(fault);
  }

  override render(): ComponentChildren {
    return this.state.failed ? <Broken again={() => this.setState({ failed: false })} /> : this.props.children;
  }
}

function Broken({ again }: { again(): void }): JSX.Element {
  const { broken } = useWords(frameWords);
  return (
    <EmptyState
      icon="triangle-alert"
      title={broken.title}
      action={
        <Button icon="refresh-cw" onClick={again}>
          {broken.reload}
        </Button>
      }
    >
      {broken.text}
    </EmptyState>
  );
}
