import type { JSX } from "preact";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-names.ts";
import { Tooltip } from "./tooltip.tsx";

interface Props {
  icon: IconName;
  /** Read aloud, and shown as a tooltip. */
  label: string;
  onClick?: ((event: MouseEvent) => void) | undefined;
  kind?: "plain" | "quiet" | undefined;
  small?: boolean | undefined;
  busy?: boolean | undefined;
  disabled?: boolean | undefined;
  expanded?: boolean | undefined;
}

/** A button of an icon alone. */
export function IconButton({
  icon,
  label,
  onClick,
  kind = "quiet",
  small,
  busy,
  disabled,
  expanded,
}: Props): JSX.Element {
  return (
    <Tooltip text={label}>
      <button
        type="button"
        class={`button icon-only ${kind}${small ? " small" : ""}`}
        aria-label={label}
        aria-busy={busy || undefined}
        aria-expanded={expanded}
        disabled={disabled}
        onClick={(event) => {
          if (!busy) onClick?.(event);
        }}
      >
        {busy ? <span class="spinner" /> : <Icon name={icon} />}
      </button>
    </Tooltip>
  );
}
