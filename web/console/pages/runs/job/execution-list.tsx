import type { JSX } from "preact";
import type { Execution } from "../../../../client/generated/types.ts";
import { LoadMore } from "../../../ui/data/load-more.tsx";
import { type ListRow, RowList } from "../../../ui/data/row-list.tsx";
import { type Locale, useLocale, useWords } from "../../../ui/locale.tsx";
import { Card } from "../../../ui/page/card.tsx";
import { isBad, lookOf, noteOf, titleOf } from "../execution-words.ts";
import { words } from "../words.ts";
import { type DurationBar, DurationBars } from "./duration-bars.tsx";
import { weekStart } from "./week-start.ts";

/** How many bars fit. */
const MAX_BARS = 30;

interface Props {
  executions: readonly Execution[];
  selected: string | undefined;
  hrefOf: (execution: Execution) => string;
  more: { load: () => void; busy: boolean; count: number } | undefined;
}

/** The executions of one job, newest first, with the week's apart. */
export function ExecutionList({ executions, selected, hrefOf, more }: Props): JSX.Element {
  const w = useWords(words);
  const locale = useLocale();
  const now = new Date();
  const monday = weekStart(now, locale.zone);
  const recent = executions.filter(({ startedAt }) => locale.format.dateOf(startedAt) >= monday);
  const older = executions.slice(recent.length);
  const rows = (some: readonly Execution[]) => some.map((execution) => rowOf(execution, locale, now, hrefOf));
  return (
    <Card title={w.executions} hint={w.shown(executions.length)} flush>
      <DurationBars bars={executions.slice(0, MAX_BARS).map(barOf)} selected={selected} />
      {recent.length > 0 && <h3 class="list-group">{w.thisWeek}</h3>}
      {recent.length > 0 && <RowList rows={rows(recent)} selected={selected} label={w.thisWeek} />}
      {older.length > 0 && <h3 class="list-group">{w.before}</h3>}
      {older.length > 0 && <RowList rows={rows(older)} selected={selected} label={w.before} />}
      {more && <LoadMore count={more.count} busy={more.busy} onClick={more.load} />}
    </Card>
  );
}

const barOf = (execution: Execution): DurationBar => ({
  id: execution.id,
  durationMs: execution.durationMs,
  bad: isBad(execution),
});

function rowOf(execution: Execution, locale: Locale, now: Date, hrefOf: (execution: Execution) => string): ListRow {
  const { tone, icon } = lookOf(execution, words[locale.language]);
  const { durationMs } = execution;
  return {
    key: execution.id,
    tone,
    icon,
    title: titleOf(execution, locale),
    note: noteOf(execution, locale, now),
    end: durationMs === null ? undefined : <span class="number">{locale.format.duration(durationMs)}</span>,
    href: hrefOf(execution),
  };
}
