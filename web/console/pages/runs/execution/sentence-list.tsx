import type { JSX } from "preact";
import { Icon } from "../../../ui/basics/icon.tsx";
import type { Sentence } from "../sentences/sentence.ts";

/** What a run did, one sentence a line, with its numbers in bold. */
export function SentenceList({ sentences }: { sentences: readonly Sentence[] }): JSX.Element {
  return (
    <ul class="sentences">
      {sentences.map(({ icon, text }) => (
        <li key={text}>
          <Icon name={icon} />
          <span>
            <BoldNumbers text={text} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A sentence with its numbers in bold. */
export function BoldNumbers({ text }: { text: string }): JSX.Element {
  return (
    <>{text.split(/(\d[\d.,]*\d|\d)/).map((part, index) => (index % 2 === 1 ? <b key={index}>{part}</b> : part))}</>
  );
}
