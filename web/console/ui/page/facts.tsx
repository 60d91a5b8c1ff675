import type { ComponentChildren, JSX } from "preact";
import { Icon } from "../basics/icon.tsx";
import type { IconName } from "../basics/icon-names.ts";
import { TONE_ICONS, type Tone } from "../basics/tone.ts";

export interface Fact {
  label: string;
  value: ComponentChildren;
  note?: ComponentChildren;
}

/** A row of up to six facts under a page's title. */
export function FactsRow({ facts, big }: { facts: Fact[]; big?: boolean | undefined }): JSX.Element {
  return (
    <dl class={`card facts-row${big ? " big" : ""}`} style={{ "--facts": facts.length }}>
      {facts.map(({ label, value, note }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {value}
            {note && <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

export interface Standing {
  tone: Tone;
  icon?: IconName | undefined;
  /** The state as a sentence: "Runs are on time". */
  title: string;
  note: ComponentChildren;
  href?: string | undefined;
}

/** A row of states: is everything all right? */
export function StandingRow({ standings }: { standings: Standing[] }): JSX.Element {
  return (
    <ul class="card standing-row" style={{ "--facts": standings.length }}>
      {standings.map(({ tone, icon = TONE_ICONS[tone], title, note, href }) => (
        <li key={title} class={tone}>
          <Icon name={icon} size="large" />
          <span>
            {href ? (
              <a href={href} class="covering">
                {title}
              </a>
            ) : (
              <b>{title}</b>
            )}
            <small>{note}</small>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Names and values below each other: parameters, data of a person, headers of a mail. */
export function FactList({ facts }: { facts: Fact[] }): JSX.Element {
  return (
    <dl class="fact-list">
      {facts.map(({ label, value, note }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {value}
            {note && <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
