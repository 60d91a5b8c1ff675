import type { ComponentChildren, JSX } from "preact";

interface Props {
  /** Short, and also available otherwise, because a touch screen has no pointer that rests. */
  text: string;
  children: ComponentChildren;
}

/** Shows words while the pointer rests on the content or the focus is in it. The content has its own accessible name. */
export function Tooltip({ text, children }: Props): JSX.Element {
  return (
    <span class="tooltip">
      {children}
      <span class="tooltip-text" aria-hidden="true">
        {text}
      </span>
    </span>
  );
}
