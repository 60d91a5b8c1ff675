import type { JSX } from "preact";
import { NONE } from "../format.ts";
import { useUi } from "./context.tsx";

/** An instant in the browser's zone, with UTC in its title. */
export function Instant({ of, toMinute = false }: { of: string | null; toMinute?: boolean }): JSX.Element {
  const { format } = useUi();
  if (of === null) return <>{NONE}</>;
  return (
    <time dateTime={of} title={`${of.slice(0, 19).replace("T", " ")} UTC`}>
      {toMinute ? format.minute(of) : format.instant(of)}
    </time>
  );
}

export type Tone = "good" | "warn" | "bad" | "calm";

/** A state as a word. The colour adds nothing to the word. */
export function Badge({ tone, children }: { tone: Tone; children: string }): JSX.Element {
  return <span class={`badge ${tone}`}>{children}</span>;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** Any JSON as readable lists. */
export function Details({ of }: { of: unknown }): JSX.Element {
  const { format } = useUi();
  if (Array.isArray(of)) {
    if (of.length === 0) return <>{NONE}</>;
    return (
      <ul class="details">
        {of.map((item, nth) => (
          <li key={nth}>
            <Details of={item} />
          </li>
        ))}
      </ul>
    );
  }
  if (typeof of === "object" && of !== null) {
    return (
      <dl class="details">
        {Object.entries(of).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Details of={value} />
            </dd>
          </div>
        ))}
      </dl>
    );
  }
  if (typeof of === "number") return <>{format.number(of, Number.isInteger(of) ? 0 : 2)}</>;
  if (typeof of === "string" && INSTANT.test(of)) return <Instant of={of} />;
  return <>{of === null || of === undefined ? NONE : String(of)}</>;
}
