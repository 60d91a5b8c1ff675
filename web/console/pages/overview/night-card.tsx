import type { JSX } from "preact";
import type { NightlyJob, Overview } from "../../../client/generated/types.ts";
import { Icon } from "../../ui/basics/icon.tsx";
import { TONE_ICONS } from "../../ui/basics/tone.ts";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { hourIn } from "./greeting.ts";
import { describeNight } from "./night.ts";
import { overviewWords } from "./words.ts";

const NOON = 12;

/** What ran since yesterday 22:00, in a sentence for each job. */
export function NightCard({ overview }: { overview: Overview }): JSX.Element {
  const { night: words } = useWords(overviewWords);
  const { format, zone } = useLocale();
  const { lastNight, at, runs } = overview;
  const hint = words.hint(format.time(lastNight.since), format.time(at), format.number(lastNight.missed));
  const next = runs.nextRun === null ? undefined : format.time(runs.nextRun.at);
  return (
    <Card
      title={hourIn(zone, at) < NOON ? words.title : words.titleLater}
      hint={hint}
      span={8}
      flush
      link={{ href: "/runs", label: words.link }}
    >
      {lastNight.jobs.length === 0 ? (
        <EmptyState icon="moon" title={words.empty}>
          {words.emptyNote(next)}
        </EmptyState>
      ) : (
        <ul class="night">
          {lastNight.jobs.map((job) => (
            <Row key={job.command} job={job} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Row({ job }: { job: NightlyJob }): JSX.Element {
  const words = useWords(overviewWords);
  const { format, language } = useLocale();
  const { night } = words;
  const { command, name, tone, text } = describeNight(job, words, language, format.number);
  const label = tone === "ok" ? night.done : tone === "warn" ? night.look : night.wrong;
  const href = job.lastId === null ? `/runs/${command}` : `/runs/${command}/${job.lastId}`;
  return (
    <li>
      <span class={`sign ${tone}`}>
        <Icon name={TONE_ICONS[tone]} label={label} />
      </span>
      <a class="covering" href={job.executions > 1 ? `/runs/${command}` : href}>
        {name}
      </a>
      <span class="text">{text}</span>
      <span class="when">
        {job.executions > 1 ? night.ranTimes(format.number(job.executions)) : job.lastAt && format.time(job.lastAt)}
      </span>
    </li>
  );
}
