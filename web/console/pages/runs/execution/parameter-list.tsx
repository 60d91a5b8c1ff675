import type { ComponentChildren, JSX } from "preact";
import type { Execution } from "../../../../client/generated/types.ts";
import { type Locale, useLocale, useWords } from "../../../ui/locale.tsx";
import { type Fact, FactList } from "../../../ui/page/facts.tsx";
import { periodOf } from "../execution-words.ts";
import { describeStart } from "../sentences/start.ts";
import { type RunsWords, words } from "../words.ts";

/** With what an execution was started, and by whom. */
export function ParameterList({ execution }: { execution: Execution }): JSX.Element {
  const w = useWords(words);
  const locale = useLocale();
  return <FactList facts={factsOf(execution, w, locale)} />;
}

function factsOf(execution: Execution, w: RunsWords, locale: Locale): Fact[] {
  const { parameters, dryRun, scheduledFor, id } = execution;
  const mode = dryRun
    ? w.execution.modes.dryRun
    : isOn(parameters.force)
      ? w.execution.modes.forced
      : w.execution.modes.run;
  return [
    ...periodFact(execution, w, locale),
    { label: w.execution.mode, value: mode },
    ...Object.entries(parameters)
      .filter(([name]) => !["force", "dryRun", "week", "month"].includes(name))
      .map(([name, value]) => ({ label: w.parameters[name] ?? name, value: parameterText(value, w, locale) })),
    { label: w.execution.start, value: describeStart(execution, locale.language) },
    ...(scheduledFor === null || periodOf(execution, locale) !== undefined
      ? []
      : [{ label: w.execution.scheduledFor, value: locale.format.dateTime(scheduledFor) }]),
    { label: w.execution.id, value: <code>{id}</code> },
  ];
}

/** The week or month, and whether it was chosen. */
function periodFact(execution: Execution, w: RunsWords, locale: Locale): Fact[] {
  const period = periodOf(execution, locale);
  if (period === undefined) return [];
  const isWeek = execution.command === "weekly";
  const chosen = execution.parameters[isWeek ? "week" : "month"] !== undefined;
  const latest = isWeek ? w.execution.latestWeek : w.execution.latestMonth;
  return [{ label: w.parameters[isWeek ? "week" : "month"] ?? "", value: period, note: chosen ? undefined : latest }];
}

const isOn = (value: unknown): boolean => value === true || value === "true";

function parameterText(value: unknown, w: RunsWords, { format }: Locale): ComponentChildren {
  if (typeof value === "boolean" || value === "true" || value === "false") return isOn(value) ? w.yes : w.no;
  if (typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value)) return format.longDay(value);
  if (typeof value === "number") return format.number(value);
  return Array.isArray(value) ? value.join(", ") : String(value);
}
