import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ExecutionLine } from "../../../../client/generated/types.ts";
import { Button } from "../../../ui/basics/button.tsx";
import { useLocale, useWords } from "../../../ui/locale.tsx";
import { Section } from "../../../ui/page/card.tsx";
import { LogBox, type LogLine } from "../../../ui/page/log-box.tsx";
import { words } from "../words.ts";

/** How many lines show at first. */
const LAST = 6;

/** The log of an execution: its last lines, or all that were kept. */
export function ExecutionLog({ lines }: { lines: readonly ExecutionLine[] }): JSX.Element {
  const w = useWords(words).execution;
  const { format } = useLocale();
  const [all, setAll] = useState(false);
  const shown = all ? lines : lines.slice(-LAST);
  const toggle = (
    <Button kind="quiet" small expanded={all} onClick={() => setAll(!all)}>
      {all ? w.showFewer : w.showAll}
    </Button>
  );
  return (
    <Section
      title={w.log}
      hint={lines.length === 0 ? undefined : w.lastLines(shown.length, lines.length)}
      actions={lines.length > LAST ? toggle : undefined}
    >
      {lines.length === 0 ? (
        <p class="hint">{w.noLog}</p>
      ) : (
        <LogBox label={w.log} lines={shown.map((line) => logLine(line, format.seconds))} />
      )}
    </Section>
  );
}

function logLine({ at, level, event, fields }: ExecutionLine, seconds: (iso: string) => string): LogLine {
  const tone = level === "error" ? "bad" : level === "warn" ? "warn" : undefined;
  return { time: `${seconds(at)}.${at.slice(20, 23)}`, text: `${event.replaceAll("_", " ")}${fieldsOf(fields)}`, tone };
}

/** Fields as `name value`, nested ones as JSON. Pure. */
function fieldsOf(fields: Record<string, unknown>): string {
  const parts = Object.entries(fields).map(
    ([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : String(value)}`,
  );
  return parts.length === 0 ? "" : ` · ${parts.join(", ")}`;
}
