import type { ComponentChildren, JSX } from "preact";
import { Icon } from "../basics/icon.tsx";
import type { IconName } from "../basics/icon-names.ts";
import { TONE_ICONS, type Tone } from "../basics/tone.ts";

export interface TimelineEvent {
  key: string | number;
  tone?: Tone | undefined;
  icon?: IconName | undefined;
  title: ComponentChildren;
  /** When, and by whom. */
  note?: ComponentChildren;
  /** What a server or a person said, or more about the event. */
  children?: ComponentChildren;
}

/** The history of a thing: what happened to it, in order. */
export function Timeline({ events }: { events: TimelineEvent[] }): JSX.Element {
  return (
    <ol class="timeline">
      {events.map(({ key, tone = "neutral", icon = TONE_ICONS[tone], title, note, children }) => (
        <li key={key} class={tone}>
          <Icon name={icon} />
          <div>
            <b>{title}</b>
            {note && <small>{note}</small>}
            {children}
          </div>
        </li>
      ))}
    </ol>
  );
}
