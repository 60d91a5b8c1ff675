import type { ComponentChildren, JSX } from "preact";

/** Twelve columns; cards say how many they take (`span`). */
export function Grid({ children }: { children: ComponentChildren }): JSX.Element {
  return <div class="grid">{children}</div>;
}

interface SplitProps {
  /** The list or the calendar. */
  children: ComponentChildren;
  /** A `Drawer` beside it, or nothing. */
  aside?: ComponentChildren;
}

/** A page with a drawer at its right. */
export function Split({ children, aside }: SplitProps): JSX.Element {
  return (
    <div class={aside ? "split" : undefined}>
      <div class="split-main">{children}</div>
      {aside}
    </div>
  );
}

/** Things side by side that wrap: buttons, pills, filters. */
export function Row({ children, spread }: { children: ComponentChildren; spread?: boolean | undefined }): JSX.Element {
  return <div class={spread ? "row spread" : "row"}>{children}</div>;
}

/** Things below each other with even space. */
export function Stack({ children, tight }: { children: ComponentChildren; tight?: boolean | undefined }): JSX.Element {
  return <div class={tight ? "stack tight" : "stack"}>{children}</div>;
}
