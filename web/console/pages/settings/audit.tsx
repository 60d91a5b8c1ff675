import type { JSX } from "preact";
import type { AuditEntry } from "../../../client/generated/types.ts";
import { addDays } from "../../routing/dates.ts";
import { useQuery } from "../../routing/query.ts";
import { useRange } from "../../routing/range.ts";
import { StatusPill } from "../../ui/basics/status-pill.tsx";
import { Time } from "../../ui/basics/time.tsx";
import type { Tone } from "../../ui/basics/tone.ts";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { ErrorState } from "../../ui/data/error-state.tsx";
import { LoadMore } from "../../ui/data/load-more.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { type Column, Table } from "../../ui/data/table.tsx";
import { FilterChip } from "../../ui/form/segmented.tsx";
import { useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { usePages } from "../../ui/use-pages.ts";
import { RangeSwitch } from "../shared/range-switch.tsx";
import { auditWords } from "./words/audit.ts";
import { settingsWords } from "./words/settings.ts";

const TONES: Readonly<Record<AuditEntry["outcome"], Tone>> = {
  begun: "info",
  done: "ok",
  refused: "warn",
  failed: "bad",
};

const PAGE = 20;

/** Who changed what, the latest first. Actor, operation and span are filters in the address. */
export function AuditSection(): JSX.Element {
  const words = useWords(auditWords);
  const { failed } = useWords(settingsWords);
  const { values, hrefWith, set } = useQuery();
  const range = useRange("30d");
  const { actor, operation } = values;
  // A day more on both sides covers the days of every zone.
  const from = `${addDays(range.from, -1)}T00:00:00Z`;
  const to = `${addDays(range.to, 2)}T00:00:00Z`;
  const entries = usePages(
    (client, options, cursor) => client.listAuditLog({ actor, operation, from, to, cursor, limit: PAGE }, options),
    ...["audit", actor, operation, from, to],
  );
  const does = (entry: AuditEntry) => words.operations[entry.operation] ?? words.other(entry.operation);
  const name = entries.items.find(({ actorId }) => actorId === actor)?.actorName ?? actor ?? "";
  const columns: Column<AuditEntry>[] = [
    {
      key: "what",
      head: words.what,
      cell: (entry) => (
        <>
          {entry.actorId === null ? (
            <b>{entry.actorName}</b>
          ) : (
            <a href={hrefWith({ actor: entry.actorId })}>{entry.actorName}</a>
          )}
          {words.kinds[entry.actorKind] && ` (${words.kinds[entry.actorKind]})`}{" "}
          <a href={hrefWith({ operation: entry.operation })}>{does(entry)}</a>
        </>
      ),
    },
    {
      key: "outcome",
      head: words.outcome,
      phone: "state",
      cell: ({ outcome }) => <StatusPill tone={TONES[outcome]}>{words.outcomes[outcome]}</StatusPill>,
    },
    {
      key: "subject",
      head: words.subject,
      cell: ({ subject, details }) => (
        <span class="audit-details">{[subject, ...textsOf(details, words.details)].filter(Boolean).join(" · ")}</span>
      ),
    },
    { key: "when", head: words.when, cell: ({ at }) => <Time of={at} /> },
  ];
  return (
    <div class="settings wide">
      <Card title={words.title} hint={words.text} actions={<RangeSwitch range={range} />} flush>
        {(actor || operation) && (
          <div class="body row">
            {actor && <FilterChip label={words.onlyBy(name)} onRemove={() => set({ actor: undefined })} />}
            {operation && (
              <FilterChip
                label={words.only(words.operations[operation] ?? operation)}
                onRemove={() => set({ operation: undefined })}
              />
            )}
          </div>
        )}
        <Reading reading={entries.reading} failed={failed} shape="rows">
          {() =>
            entries.items.length === 0 ? (
              <EmptyState icon="history" title={words.none}>
                {words.noneText}
              </EmptyState>
            ) : (
              <>
                <Table caption={words.title} columns={columns} rows={entries.items} keyOf={({ id }) => id} />
                {entries.moreError && <ErrorState inline error={entries.moreError} title={failed} />}
                {entries.more && <LoadMore count={PAGE} busy={entries.moreBusy} onClick={entries.more} />}
              </>
            )
          }
        </Reading>
      </Card>
    </div>
  );
}

/** What an entry says beside its subject: "dry run", "week: 2026-11-23". What is off or empty says nothing. */
function textsOf(details: Readonly<Record<string, unknown>>, names: Readonly<Record<string, string>>): string[] {
  return Object.entries(details).flatMap(([key, value]) => {
    const name = names[key] ?? key;
    if (value === null || value === false || value === "") return [];
    if (value === true) return [name];
    if (Array.isArray(value)) return value.length === 0 ? [] : [`${name}: ${value.join(", ")}`];
    if (typeof value === "object") return textsOf(value as Record<string, unknown>, names);
    return [`${name}: ${value}`];
  });
}
