import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../../ui/basics/button.tsx";
import { StatusPill } from "../../../ui/basics/status-pill.tsx";
import { LoadMore } from "../../../ui/data/load-more.tsx";
import { RankedList } from "../../../ui/data/ranked-list.tsx";
import { RowList } from "../../../ui/data/row-list.tsx";
import { type Sort, Table } from "../../../ui/data/table.tsx";
import { LogBox } from "../../../ui/page/log-box.tsx";
import { Timeline } from "../../../ui/page/timeline.tsx";

const MEMBERS = [
  { id: "m1", name: "Emma Sommer", points: 1_912, active: true, last: "Tue 1 Dec" },
  { id: "m2", name: "Lena Hartwig-Schönberger", points: 2_318, active: true, last: "Mon 30 Nov" },
  { id: "m3", name: "Tom Reimer", points: 0, active: false, last: "–" },
];

export function SortedTable(): JSX.Element {
  const [sort, setSort] = useState<Sort>({ key: "points", descending: true });
  const rows = [...MEMBERS].sort((a, b) => (sort.key === "name" ? a.name.localeCompare(b.name) : a.points - b.points));
  return (
    <div class="edge">
      <Table
        caption="Members"
        rows={sort.descending ? rows.reverse() : rows}
        keyOf={({ id }) => id}
        hrefOf={({ id }) => `?member=${id}`}
        selected="m1"
        sort={sort}
        onSort={setSort}
        columns={[
          { key: "name", head: "Name", cell: ({ name }) => name, sortable: true },
          { key: "last", head: "Last workout", cell: ({ last }) => last },
          {
            key: "points",
            head: "Points",
            cell: ({ points }) => points.toLocaleString("en"),
            number: true,
            sortable: true,
          },
          {
            key: "state",
            head: "State",
            phone: "state",
            cell: ({ active }) =>
              active ? <StatusPill tone="ok">Active</StatusPill> : <StatusPill tone="neutral">Quiet</StatusPill>,
          },
          { key: "actions", head: "Actions", phone: "actions", cell: () => <Button small>Write</Button> },
        ]}
      />
      <LoadMore onClick={() => undefined} />
    </div>
  );
}

export function Ranking(): JSX.Element {
  return (
    <RankedList
      caption="Top pages"
      heads={["Page", "Visitors", "Views"]}
      rows={[
        { key: "/", name: "/", value: 4_120, numbers: ["4,120", "6,811"] },
        { key: "/kurse", name: "/kurse", value: 2_310, numbers: ["2,310", "3,902"], href: "?page=/kurse" },
        { key: "/long", name: "/kurse/krafttraining-fuer-einsteiger-im-winter", value: 640, numbers: ["640", "702"] },
      ]}
    />
  );
}

export function Rows(): JSX.Element {
  return (
    <RowList
      label="Last night"
      selected="mails"
      rows={[
        {
          key: "weekly",
          tone: "ok",
          title: "Weekly evaluation",
          note: "Evaluated 1,284 members.",
          end: "00:00",
          href: "/runs/weekly",
        },
        {
          key: "mails",
          tone: "warn",
          title: "Mail dispatch",
          note: "21 were refused.",
          end: "00:15",
          href: "/runs/mails",
        },
        { key: "slots", tone: "bad", title: "Slot maintenance", note: "Failed at step 4.", end: "03:00" },
      ]}
    />
  );
}

export function Attention(): JSX.Element {
  return (
    <RowList
      signs
      label="Needs your attention"
      rows={[
        {
          ...{ key: "closed", tone: "bad", icon: "calendar-x", title: "6 bookings fall on a closed day" },
          note: "Ben Krause is away on Wednesday 2 December (sick). No one has been told yet.",
          end: <Button kind="primary">Resolve 6 bookings</Button>,
        },
        {
          ...{ key: "mails", tone: "warn", icon: "mail-x", title: "21 of 174 monthly mails were refused" },
          note: "19 mailboxes no longer exist.",
          end: <Button>See who</Button>,
        },
      ]}
    />
  );
}

export function Life(): JSX.Element {
  return (
    <Timeline
      events={[
        { key: 1, icon: "mail", title: "Queued by the weekly evaluation", note: "Mon 30 Nov, 00:00" },
        { key: 2, tone: "warn", title: "Delayed by the receiver", note: "00:15, tried again after 30 min" },
        {
          ...{ key: 3, tone: "bad", title: "The mailbox does not exist", note: "00:45" },
          children: <LogBox label="Answer of the receiver" lines={[{ text: "550 5.1.1 user unknown", tone: "bad" }]} />,
        },
        { key: 4, tone: "neutral", title: "No more mail to this address" },
      ]}
    />
  );
}

export function Log(): JSX.Element {
  return (
    <LogBox
      label="Log"
      lines={[
        { time: "00:00:07.512", text: "ranked 1,906 friendships" },
        { time: "00:00:07.530", text: "queueing mails, 612 to go" },
        { time: "00:00:15.902", text: "error 53300 too many connections, tried 5 times in 8.4 s", tone: "bad" },
        { time: "00:00:16.007", text: "position saved, retrying in 5 min", tone: "warn" },
      ]}
    />
  );
}
