import type { ComponentChildren, JSX } from "preact";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-names.ts";
import type { Tone } from "./tone.ts";

interface Props {
  tone: Tone;
  /** By default the tone's own icon. */
  icon?: IconName | undefined;
  /** The state in a word or two. */
  children: ComponentChildren;
}

const ICONS: Readonly<Record<Tone, IconName>> = {
  ok: "check",
  warn: "triangle-alert",
  bad: "circle-x",
  info: "loader",
  neutral: "minus",
};

/** A state: icon and word on a soft ground. */
export function StatusPill({ tone, icon = ICONS[tone], children }: Props): JSX.Element {
  return (
    <span class={`pill ${tone}`}>
      <Icon name={icon} size="small" />
      {children}
    </span>
  );
}
