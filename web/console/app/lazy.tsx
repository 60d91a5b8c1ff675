import type { ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../ui/basics/button.tsx";
import { EmptyState } from "../ui/data/empty-state.tsx";
import { Loading } from "../ui/data/loading.tsx";
import { useWords } from "../ui/locale.tsx";
import { frameWords } from "../words/frame.ts";

type Load<P> = () => Promise<{ default: ComponentType<P> }>;

/** Modules that are here already, so that their pages show at once. */
const loaded = new Map<unknown, unknown>();

interface Props<P> {
  load: Load<P>;
  props: P;
}

/** Loads a component when it shows. If that fails, offers to load the whole page again, because its files may be of an older version. */
export function Lazy<P extends object>({ load, props }: Props<P>): JSX.Element {
  const [, setState] = useState(0);
  const [failed, setFailed] = useState(false);
  const { chunk } = useWords(frameWords);
  const Component = loaded.get(load) as ComponentType<P> | undefined;
  useEffect(() => {
    if (Component !== undefined) return;
    let current = true;
    preload(load).then(
      () => current && setState((count) => count + 1),
      () => current && setFailed(true),
    );
    return () => {
      current = false;
    };
  }, [load]);
  if (Component !== undefined) return <Component {...props} />;
  if (!failed) return <Loading />;
  return (
    <EmptyState
      icon="cloud-off"
      title={chunk.title}
      action={
        <Button icon="refresh-cw" onClick={() => location.reload()}>
          {chunk.reload}
        </Button>
      }
    >
      {chunk.text}
    </EmptyState>
  );
}

/** Loads the code of a component before it shows. */
export async function preload<P>(load: Load<P>): Promise<void> {
  loaded.set(load, (await load()).default);
}
