import type { ComponentChildren, JSX } from "preact";
import { Icon } from "../basics/icon.tsx";
import type { IconName } from "../basics/icon-names.ts";
import { TONE_ICONS, type Tone } from "../basics/tone.ts";

interface Props {
  tone: Tone;
  icon?: IconName | undefined;
  /** What happened, in one sentence. */
  title?: ComponentChildren;
  /** What it means, and what to do next. */
  children?: ComponentChildren;
  actions?: ComponentChildren;
  /** Reads it aloud when it appears. */
  live?: boolean | undefined;
}

/** A message inside a page. */
export function Note({ tone, icon = TONE_ICONS[tone], title, children, actions, live }: Props): JSX.Element {
  return (
    <div class={`note ${tone}`} role={live ? (tone === "bad" ? "alert" : "status") : undefined}>
      <Icon name={icon} />
      <div>
        {title && <b>{title}</b>} {children}
        {actions && <div class="row">{actions}</div>}
      </div>
    </div>
  );
}
