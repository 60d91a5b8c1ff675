import type { ComponentChildren, JSX } from "preact";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-names.ts";

interface Look {
  /** `primary` once per view; `danger` only for loss. */
  kind?: "primary" | "plain" | "quiet" | "danger" | undefined;
  small?: boolean | undefined;
  icon?: IconName | undefined;
  children: ComponentChildren;
}

interface Props extends Look {
  /** A button inside a form submits it only with `type="submit"`. */
  type?: "button" | "submit" | undefined;
  /** The id of the form that it submits, if it stands outside. */
  form?: string | undefined;
  /** Shows that the action runs. The button then does nothing, but keeps the focus. */
  busy?: boolean | undefined;
  disabled?: boolean | undefined;
  onClick?: ((event: MouseEvent) => void) | undefined;
  id?: string | undefined;
  describedBy?: string | undefined;
  /** For buttons that open or close something. */
  expanded?: boolean | undefined;
}

export function Button({
  type = "button",
  form,
  busy = false,
  disabled,
  onClick,
  id,
  describedBy,
  expanded,
  ...look
}: Props): JSX.Element {
  return (
    <button
      type={type}
      form={form}
      id={id}
      class={classOf(look)}
      disabled={disabled}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      aria-describedby={describedBy}
      aria-expanded={expanded}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy ? <span class="spinner" /> : look.icon && <Icon name={look.icon} />}
      {look.children}
    </button>
  );
}

interface LinkProps extends Look {
  href: string;
}

/** A link that looks like a button, for going somewhere. */
export function ButtonLink({ href, ...look }: LinkProps): JSX.Element {
  return (
    <a href={href} class={classOf(look)}>
      {look.icon && <Icon name={look.icon} />}
      {look.children}
    </a>
  );
}

const classOf = ({ kind = "plain", small }: Look): string => `button ${kind}${small ? " small" : ""}`;
