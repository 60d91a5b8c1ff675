import type { JSX } from "preact";
import type { Incident } from "../../../client/generated/types.ts";
import { useQuery } from "../../routing/query.ts";
import { ButtonLink } from "../../ui/basics/button.tsx";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { ErrorState } from "../../ui/data/error-state.tsx";
import { LoadMore } from "../../ui/data/load-more.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { type ListRow, RowList } from "../../ui/data/row-list.tsx";
import { Segmented } from "../../ui/form/segmented.tsx";
import { type Locale, useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { PageHeader } from "../../ui/page/page-header.tsx";
import { useApi } from "../../ui/use-api.ts";
import { usePages } from "../../ui/use-pages.ts";
import { AcknowledgeButton } from "./acknowledge.tsx";
import { describeIncident } from "./describe-incident.ts";
import { lengthOf } from "./incident-life.ts";
import { remedyLink } from "./remedy.ts";
import { type IncidentsWords, words } from "./words.ts";

/** Open incidents are few; the API lists at most 200. */
const MOST_OPEN = 200;
const LIMIT = 20;
const DAY_MS = 86_400_000;

/** The open incidents with what helps, and the history of closed ones. */
export function IncidentsList(): JSX.Element {
  const w = useWords(words);
  const open = useApi((client, options) => client.listIncidents({ state: "open", limit: MOST_OPEN }, options));
  const count = open.data?.items.length;
  return (
    <>
      <PageHeader
        title={w.title}
        sentence={count === undefined ? undefined : count === 0 ? w.quiet : w.openCount(count)}
        zone
      />
      <div class="stack">
        <Card title={w.open} count={count === 0 ? undefined : count} flush>
          <Reading reading={open} failed={w.failedList} shape="rows">
            {({ items }) =>
              items.length === 0 ? (
                <EmptyState icon="circle-check" title={w.quiet}>
                  {w.quietText}
                </EmptyState>
              ) : (
                <OpenIncidents incidents={items} onAcknowledged={open.again} />
              )
            }
          </Reading>
        </Card>
        <History />
      </div>
    </>
  );
}

interface OpenProps {
  incidents: readonly Incident[];
  onAcknowledged: () => void;
}

function OpenIncidents({ incidents, onAcknowledged }: OpenProps): JSX.Element {
  const w = useWords(words);
  const locale = useLocale();
  // Those that nobody has taken note of come first.
  const sorted = [...incidents].sort((a, b) => Number(a.acknowledged !== null) - Number(b.acknowledged !== null));
  return (
    <RowList
      label={w.open}
      signs
      rows={sorted.map((incident) => ({
        ...rowOf(incident, w, locale),
        end: <Buttons incident={incident} onAcknowledged={onAcknowledged} />,
      }))}
    />
  );
}

function Buttons({ incident, onAcknowledged }: { incident: Incident; onAcknowledged: () => void }): JSX.Element {
  const { language } = useLocale();
  const link = remedyLink(incident.remedy, incident.subject, language);
  return (
    <>
      {incident.acknowledged === null && <AcknowledgeButton incident={incident} onDone={onAcknowledged} small />}
      {link && (
        <ButtonLink small href={link.href}>
          {link.label}
        </ButtonLink>
      )}
    </>
  );
}

/** An incident as a row: what is wrong, since when, whether it was mailed and acknowledged. */
function rowOf(incident: Incident, w: IncidentsWords, locale: Locale): ListRow {
  const { id, openedAt, closedAt, acknowledged, alertedAt, alertError } = incident;
  const { format, language } = locale;
  const length = format.duration(lengthOf(incident, Date.now()));
  const span = (closedAt === null ? w.since : w.over)(format.dateTime(openedAt), length);
  const mailed =
    alertedAt !== null ? w.mailed(format.dateTime(alertedAt)) : alertError === null ? w.notMailed : w.mailFailed;
  const note = [span, mailed, acknowledged && `${w.acknowledgedBy(acknowledged.by)}: ${acknowledged.note ?? ""}`];
  return {
    key: id,
    tone: closedAt !== null ? "ok" : acknowledged === null ? "bad" : "warn",
    icon: closedAt !== null ? "circle-check" : "siren",
    title: describeIncident(incident, language).what,
    note: note.filter(Boolean).join(" · "),
    href: `/incidents/${id}`,
  };
}

const RANGES = ["7d", "30d", "90d", "all"] as const;
type HistoryRange = (typeof RANGES)[number];

/** The incidents that are over, newest first. */
function History(): JSX.Element {
  const w = useWords(words);
  const locale = useLocale();
  const { values, set } = useQuery();
  const range: HistoryRange = RANGES.find((name) => name === values.range) ?? "90d";
  const pages = usePages((client, options, cursor) =>
    client.listIncidents({ state: "closed", limit: LIMIT, cursor }, options),
  );
  const since = range === "all" ? 0 : Date.now() - Number.parseInt(range, 10) * DAY_MS;
  const shown = pages.items.filter(({ openedAt }) => Date.parse(openedAt) >= since);
  // They come newest first: an older one ends the range.
  const more = shown.length === pages.items.length ? pages.more : undefined;
  return (
    <Card
      title={w.history}
      actions={
        <Segmented
          label={w.range}
          value={range}
          options={RANGES.map((name) => [name, w.ranges[name]] as const)}
          onChange={(name) => set({ range: name })}
        />
      }
      flush
    >
      <Reading reading={pages.reading} failed={w.failedList} shape="rows">
        {() =>
          shown.length === 0 ? (
            <EmptyState icon="history" title={pages.items.length === 0 ? w.noHistory : w.noneInRange}>
              {pages.items.length === 0 ? w.noHistoryText : w.noneInRangeText}
            </EmptyState>
          ) : (
            <>
              <RowList label={w.history} rows={shown.map((incident) => rowOf(incident, w, locale))} />
              {pages.moreError && <ErrorState error={pages.moreError} title={w.failedList} again={pages.more} inline />}
              {more && <LoadMore count={LIMIT} busy={pages.moreBusy} onClick={more} />}
            </>
          )
        }
      </Reading>
    </Card>
  );
}
