import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { ExecutionDetails } from "../../../../client/generated/types.ts";
import { StatusPill } from "../../../ui/basics/status-pill.tsx";
import { Reading } from "../../../ui/data/reading.tsx";
import { type Locale, useLocale, useWords } from "../../../ui/locale.tsx";
import { Section } from "../../../ui/page/card.tsx";
import { useApi } from "../../../ui/use-api.ts";
import { lookOf, periodOf } from "../execution-words.ts";
import { describeRun } from "../sentences/describe-run.ts";
import { isCommand } from "../sentences/jobs.ts";
import { momentLabel } from "../sentences/period.ts";
import { describeStart } from "../sentences/start.ts";
import { type RunsWords, words } from "../words.ts";
import { ExecutionLog } from "./execution-log.tsx";
import { FaultNote } from "./fault-note.tsx";
import { JsonView } from "./json-view.tsx";
import { ParameterList } from "./parameter-list.tsx";
import { SentenceList } from "./sentence-list.tsx";
import { Steps } from "./steps.tsx";

/** How often a running execution is read again. */
const POLL_MS = 2_000;

interface Props {
  id: string;
  hrefOf: (id: string) => string;
}

/** One execution: what happened, what it did, its steps, parameters and log. */
export function ExecutionCard({ id, hrefOf }: Props): JSX.Element {
  const w = useWords(words);
  const reading = useApi((client, options) => client.getExecution({ id }, options), id);
  const running = reading.data?.outcome === "running";
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => document.hidden || reading.again(), POLL_MS);
    return () => clearInterval(timer);
  }, [running, id]);
  return (
    <article class="card execution" aria-busy={running}>
      <Reading reading={reading} failed={w.failedExecution} shape="rows">
        {(execution) => <Details execution={execution} hrefOf={hrefOf} />}
      </Reading>
    </article>
  );
}

interface DetailsProps {
  execution: ExecutionDetails;
  hrefOf: (id: string) => string;
}

function Details({ execution, hrefOf }: DetailsProps): JSX.Element {
  const w = useWords(words);
  const locale = useLocale();
  const { command, counts, dryRun, steps, startedAt, endedAt } = execution;
  const look = lookOf(execution, w);
  const sentences =
    counts === null || !isCommand(command) ? [] : describeRun(command, { counts, dryRun }, locale.language);
  return (
    <>
      <header>
        <div>
          <h2>{headingOf(execution, w, locale)}</h2>
          <p>{spanOf(execution, w, locale)}</p>
        </div>
        <StatusPill tone={look.tone} icon={look.icon}>
          {look.word}
        </StatusPill>
      </header>
      <FaultNote execution={execution} hrefOf={hrefOf} />
      {sentences.length > 0 && (
        <Section title={dryRun ? w.execution.wouldDo : w.execution.did}>
          <SentenceList sentences={sentences} />
        </Section>
      )}
      {steps.length > 0 && (
        <Section title={w.execution.steps}>
          <Steps steps={steps} startedAt={startedAt} endedAt={endedAt} />
        </Section>
      )}
      <Section title={w.execution.parameters}>
        <ParameterList execution={execution} />
      </Section>
      <ExecutionLog lines={execution.log} />
      <JsonView value={execution} />
    </>
  );
}

function headingOf(execution: ExecutionDetails, w: RunsWords, locale: Locale): string {
  const period = periodOf(execution, locale);
  if (period === undefined) return locale.format.longDateTime(execution.startedAt);
  const { dryRun } = execution;
  if (execution.command === "weekly") return (dryRun ? w.execution.dryWeek : w.execution.week)(period);
  return dryRun ? w.dryRunFor(period) : period;
}

/** From when to when, which attempt, and what started it. */
function spanOf(execution: ExecutionDetails, w: RunsWords, locale: Locale): string {
  const { language, zone, format } = locale;
  const { startedAt, endedAt, attempt } = execution;
  // Without a period, the title names the day already.
  const start =
    periodOf(execution, locale) === undefined ? format.seconds(startedAt) : momentLabel(startedAt, zone, language);
  const span = endedAt === null ? w.execution.since(start) : w.execution.span(start, format.seconds(endedAt));
  return `${span} · ${w.execution.attempt(attempt)}, ${describeStart(execution, language)}`;
}
