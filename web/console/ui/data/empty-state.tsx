import type { ComponentChildren, JSX } from "preact";
import { Icon } from "../basics/icon.tsx";
import type { IconName } from "../basics/icon-names.ts";

interface Props {
  icon?: IconName | undefined;
  title: string;
  /** Why there is nothing. */
  children?: ComponentChildren;
  /** The next step. */
  action?: ComponentChildren;
}

/** Stands where a list would be. */
export function EmptyState({ icon = "inbox", title, children, action }: Props): JSX.Element {
  return (
    <div class="empty-state">
      <span class="sign">
        <Icon name={icon} size="large" />
      </span>
      <h3>{title}</h3>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}
