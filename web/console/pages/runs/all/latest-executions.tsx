import type { JSX } from "preact";
import type { Execution } from "../../../../client/generated/types.ts";
import { useQuery } from "../../../routing/query.ts";
import { Button } from "../../../ui/basics/button.tsx";
import { EmptyState } from "../../../ui/data/empty-state.tsx";
import { ErrorState } from "../../../ui/data/error-state.tsx";
import { LoadMore } from "../../../ui/data/load-more.tsx";
import { Reading } from "../../../ui/data/reading.tsx";
import { type ListRow, RowList } from "../../../ui/data/row-list.tsx";
import { InlineSelect } from "../../../ui/form/select.tsx";
import { type Locale, useLocale, useWords } from "../../../ui/locale.tsx";
import { Card } from "../../../ui/page/card.tsx";
import { usePages } from "../../../ui/use-pages.ts";
import { lookOf, noteOf, titleOf } from "../execution-words.ts";
import { COMMANDS, isCommand, jobWords } from "../sentences/jobs.ts";
import { words } from "../words.ts";

const LIMIT = 20;
const OUTCOMES = ["completed", "failed", "running", "partial", "lost"] as const;

/** The executions of all jobs, newest first, with filters in the address. */
export function LatestExecutions(): JSX.Element {
  const w = useWords(words);
  const locale = useLocale();
  const filter = useFilter();
  const { job, outcome, mode } = filter;
  const pages = usePages(
    (client, options, cursor) =>
      client.listExecutions(
        {
          job,
          outcome,
          ...(mode !== undefined && { dryRun: mode === "dry" ? ("true" as const) : ("false" as const) }),
          limit: LIMIT,
          cursor,
        },
        options,
      ),
    job,
    outcome,
    mode,
  );
  const now = new Date();
  return (
    <Card title={w.latest} flush>
      <Filters filter={filter} />
      <Reading reading={pages.reading} failed={w.failedExecutions} shape="rows">
        {() =>
          pages.items.length === 0 ? (
            <EmptyState
              icon="search"
              title={w.noneMatch}
              action={
                filter.active && (
                  <Button onClick={() => filter.set({ job: undefined, outcome: undefined, mode: undefined })}>
                    {w.showEverything}
                  </Button>
                )
              }
            >
              {filter.active ? w.noneMatchText : w.neverText}
            </EmptyState>
          ) : (
            <>
              <RowList label={w.latest} rows={pages.items.map((execution) => rowOf(execution, locale, now))} />
              {pages.moreError && (
                <ErrorState error={pages.moreError} title={w.failedExecutions} again={pages.more} inline />
              )}
              {pages.more && <LoadMore count={LIMIT} busy={pages.moreBusy} onClick={pages.more} />}
            </>
          )
        }
      </Reading>
    </Card>
  );
}

function rowOf(execution: Execution, locale: Locale, now: Date): ListRow {
  const { command, id, durationMs } = execution;
  const { tone, icon, word } = lookOf(execution, words[locale.language]);
  const name = isCommand(command) ? jobWords(command, locale.language).name : execution.jobName;
  return {
    key: id,
    tone,
    icon,
    title: `${name}: ${titleOf(execution, locale)}`,
    note: `${word} · ${noteOf(execution, locale, now)}`,
    end: durationMs === null ? undefined : <span class="number">{locale.format.duration(durationMs)}</span>,
    href: `/runs/${command}/${id}`,
  };
}

type Filter = ReturnType<typeof useFilter>;

/** The filters of the address. Values that do not exist are ignored. */
function useFilter() {
  const { values, set } = useQuery();
  const job = values.job !== undefined && isCommand(values.job) ? values.job : undefined;
  const outcome = OUTCOMES.find((known) => known === values.outcome);
  const mode = values.mode === "dry" || values.mode === "real" ? values.mode : undefined;
  return { job, outcome, mode, set, active: job !== undefined || outcome !== undefined || mode !== undefined };
}

function Filters({ filter: { job, outcome, mode, set } }: { filter: Filter }): JSX.Element {
  const w = useWords(words);
  const { language } = useLocale();
  return (
    <div class="run-filters">
      <InlineSelect
        label={w.ofJob}
        value={job ?? ""}
        options={[["", w.allJobs], ...COMMANDS.map((command) => [command, jobWords(command, language).name] as const)]}
        onChange={(value) => set({ job: value })}
      />
      <InlineSelect
        label={w.ofOutcome}
        value={outcome ?? ""}
        options={[["", w.allOutcomes], ...OUTCOMES.map((known) => [known, w.outcomes[known]] as const)]}
        onChange={(value) => set({ outcome: value })}
      />
      <InlineSelect
        label={w.ofMode}
        value={mode ?? ""}
        options={[
          ["", w.everyRun],
          ["real", w.onlyRuns],
          ["dry", w.onlyDryRuns],
        ]}
        onChange={(value) => set({ mode: value })}
      />
    </div>
  );
}
