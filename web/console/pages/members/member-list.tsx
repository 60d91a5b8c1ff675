import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { MemberItem } from "../../../client/generated/types.ts";
import type { OpenItem } from "../../routing/open-item.ts";
import { useQuery } from "../../routing/query.ts";
import { Avatar } from "../../ui/basics/avatar.tsx";
import { Button } from "../../ui/basics/button.tsx";
import { StatusPill } from "../../ui/basics/status-pill.tsx";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { ErrorState } from "../../ui/data/error-state.tsx";
import { LoadMore } from "../../ui/data/load-more.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { type Column, Table } from "../../ui/data/table.tsx";
import { Chips } from "../../ui/form/segmented.tsx";
import { SearchInput } from "../../ui/form/text-input.tsx";
import type { Format } from "../../ui/format.ts";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { Stack } from "../../ui/page/grid.tsx";
import { usePages } from "../../ui/use-pages.ts";
import { sharedWords } from "../shared/words.ts";
import { type MemberWords, memberWords } from "./words.ts";

const PAGE = 20;
const STATES = ["active", "inactive", "no-address", "opted-out"] as const;

/** How long to wait for further letters before the list is read. */
const TYPING_MS = 250;

/** All members by name; search and filter are in the address. */
export function MemberList({ member }: { member: OpenItem }): JSX.Element {
  const { format } = useLocale();
  const w = useWords(memberWords);
  const shared = useWords(sharedWords);
  const { values, set } = useQuery();
  const search = values.search?.trim().slice(0, 100) || undefined;
  const state = STATES.find((name) => name === values.state);
  const list = usePages(
    (client, options, cursor) => client.listMembers({ search, state, limit: PAGE, cursor }, options),
    ...[search, state],
  );
  const filtered = search !== undefined || state !== undefined;
  return (
    <Card flush>
      <div class="body">
        <Stack tight>
          <Search search={search ?? ""} />
          <Chips
            label={w.filter}
            options={STATES.map((value) => ({ value, label: w.states[value] }))}
            chosen={state ? [state] : []}
            onToggle={(name) => set({ state: name === state ? undefined : name })}
          />
        </Stack>
      </div>
      <Reading reading={list.reading} failed={w.failedToLoad} shape="rows">
        {() =>
          list.items.length === 0 ? (
            <EmptyState
              icon="users"
              title={filtered ? w.noneFound : w.none}
              action={
                filtered && <Button onClick={() => set({ search: undefined, state: undefined })}>{w.clear}</Button>
              }
            >
              {filtered ? w.noneFoundNote : w.noneNote}
            </EmptyState>
          ) : (
            <>
              <Table
                caption={w.list}
                rows={list.items}
                keyOf={({ id }) => id}
                hrefOf={({ id }) => member.hrefOf(id)}
                selected={member.id}
                columns={columnsOf(w, format)}
              />
              {list.moreError && <ErrorState inline error={list.moreError} title={shared.moreFailed} />}
              {list.more && <LoadMore count={PAGE} busy={list.moreBusy} onClick={list.more} />}
            </>
          )
        }
      </Reading>
    </Card>
  );
}

/** Writes what is typed into the address after a short pause. */
function Search({ search }: { search: string }): JSX.Element {
  const w = useWords(memberWords);
  const { set } = useQuery();
  const [text, setText] = useState(search);
  useEffect(() => setText(search), [search]);
  useEffect(() => {
    if (text.trim() === search) return;
    const timer = setTimeout(() => set({ search: text.trim() || undefined }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return <SearchInput label={w.search} value={text} onChange={setText} />;
}

const columnsOf = (w: MemberWords, format: Format): Column<MemberItem>[] => [
  {
    key: "name",
    head: w.name,
    cell: ({ id, name, email }) => (
      <span class="person">
        <Avatar name={name ?? id} />
        <span>
          {name ?? id}
          <small>{email ?? w.noAddress}</small>
        </span>
      </span>
    ),
  },
  {
    key: "state",
    head: "",
    cell: ({ active, mailsOptedOut }) =>
      active ? (
        mailsOptedOut && (
          <StatusPill tone="neutral" icon="mail-x">
            {w.optedOut}
          </StatusPill>
        )
      ) : (
        <StatusPill tone="neutral" icon="pause">
          {w.inactive}
        </StatusPill>
      ),
  },
  {
    key: "week",
    head: w.lastWeek,
    number: true,
    phone: "state",
    cell: ({ lastWeek }) =>
      lastWeek === null ? (
        <small>{w.noResult}</small>
      ) : (
        <>
          {w.points(format.number(lastWeek.points))}
          <small>{w.workouts(format.number(lastWeek.workouts))}</small>
        </>
      ),
  },
];
