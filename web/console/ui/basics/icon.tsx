import shapes from "icon-shapes";
import type { JSX } from "preact";
import type { IconName } from "./icon-names.ts";

interface Props {
  name: IconName;
  /** 14, 16 or 20 pixels. */
  size?: "small" | "medium" | "large" | undefined;
  /** What the icon says. Without it, the icon only decorates the words beside it and is hidden from screen readers. */
  label?: string | undefined;
}

export function Icon({ name, size = "medium", label }: Props): JSX.Element {
  return (
    <svg
      class={`icon ${size}`}
      viewBox="0 0 24 24"
      {...(label === undefined ? { "aria-hidden": "true" } : { role: "img", "aria-label": label })}
      dangerouslySetInnerHTML={{ __html: shapes[name] ?? "" }}
    />
  );
}
