import type { JSX } from "preact";
import type { Incident } from "../../../client/generated/types.ts";
import type { Format } from "../../ui/format.ts";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { type Fact, FactList } from "../../ui/page/facts.tsx";
import { commandOf } from "../runs/sentences/jobs.ts";
import { words } from "./words.ts";

/** What the API knows of an incident: its runs, and everything else by name. */
export function IncidentDetails({ incident: { key, details } }: { incident: Incident }): JSX.Element {
  const w = useWords(words);
  const { format } = useLocale();
  const runs = Array.isArray(details.runs) ? (details.runs as Record<string, unknown>[]) : [];
  const facts: Fact[] = Object.entries(details)
    .filter(([name, value]) => name !== "runs" && name !== "remedy" && value !== null)
    .map(([name, value]) => ({ label: w.fields[name] ?? name, value: textOf(value, format) }));
  return (
    <>
      {runs.length > 0 && (
        <ul class="incident-runs">
          {runs.map((run) => (
            <li key={`${run.job} ${run.scheduledFor}`}>
              <a href={`/runs/${commandOf(String(run.job)) ?? ""}`}>
                {w.runFor(format.dateTime(String(run.scheduledFor)))}
              </a>
              <small lang="en">{String(run.error ?? run.reason ?? "")}</small>
            </li>
          ))}
        </ul>
      )}
      <FactList facts={[...facts, { label: w.key, value: <code>{key}</code> }]} />
    </>
  );
}

/** An instant in the reader's words, a list line by line, anything else as it is. Pure. */
function textOf(value: unknown, format: Format): string {
  if (typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return format.dateTime(value);
  if (typeof value === "number") return format.number(value);
  if (Array.isArray(value)) return value.map((item) => textOf(item, format)).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
