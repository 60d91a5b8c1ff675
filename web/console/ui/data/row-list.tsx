import type { ComponentChildren, JSX } from "preact";
import { Icon } from "../basics/icon.tsx";
import type { IconName } from "../basics/icon-names.ts";
import { TONE_ICONS, type Tone } from "../basics/tone.ts";

export interface ListRow {
  key: string | number;
  tone?: Tone | undefined;
  icon?: IconName | undefined;
  title: ComponentChildren;
  note?: ComponentChildren;
  /** At the right: a time, a number, a state, buttons. */
  end?: ComponentChildren;
  href?: string | undefined;
}

interface Props {
  rows: ListRow[];
  selected?: string | number | undefined;
  /** Puts the icon on a coloured ground, for things that need attention. */
  signs?: boolean | undefined;
  label?: string | undefined;
}

/** Rows of icon, sentence and what belongs to the right. A row with `href` is a link as a whole. */
export function RowList({ rows, selected, signs, label }: Props): JSX.Element {
  return (
    <ul class={signs ? "row-list signs" : "row-list"} aria-label={label}>
      {rows.map(({ key, tone, icon = tone && TONE_ICONS[tone], title, note, end, href }) => (
        <li key={key} class={href ? "linked" : undefined} aria-current={key === selected ? "true" : undefined}>
          {icon && (
            <span class={`sign ${tone ?? "neutral"}`}>
              <Icon name={icon} />
            </span>
          )}
          <div class="text">
            {href ? (
              <a class="covering" href={href}>
                {title}
              </a>
            ) : (
              <b>{title}</b>
            )}
            {note && <small>{note}</small>}
          </div>
          {end && <div class="end">{end}</div>}
        </li>
      ))}
    </ul>
  );
}
