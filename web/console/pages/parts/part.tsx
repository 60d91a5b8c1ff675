import sources from "example-sources";
import type { ComponentType, JSX } from "preact";
import { useLocale } from "../../ui/locale.tsx";
import { Card, type Span } from "../../ui/page/card.tsx";
import { words } from "./words.ts";

export interface Part {
  title: string;
  /** When to use it, in a sentence. */
  text: string;
  example: ComponentType;
  /** The function's name, by which its code is found. */
  name: string;
  span?: Span;
}

/** A part with its example and the code of it. */
export function PartCard({ title, text, example: Example, name, span = 6 }: Part): JSX.Element {
  const { code } = words[useLocale().language];
  return (
    <Card title={title} span={span}>
      <p class="part-text">{text}</p>
      <div class="part-example">
        <Example />
      </div>
      <details class="part-code">
        <summary>{code}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to take the focus (WCAG 2.1.1) */}
        <pre tabIndex={0}>{sources[name]}</pre>
      </details>
    </Card>
  );
}
