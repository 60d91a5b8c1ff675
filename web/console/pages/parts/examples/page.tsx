import type { JSX } from "preact";
import { Button } from "../../../ui/basics/button.tsx";
import { Count } from "../../../ui/basics/count.tsx";
import { Meter } from "../../../ui/basics/meter.tsx";
import { StatusPill } from "../../../ui/basics/status-pill.tsx";
import { Trend } from "../../../ui/basics/trend.tsx";
import { Card, Section } from "../../../ui/page/card.tsx";
import { FactList, FactsRow, StandingRow } from "../../../ui/page/facts.tsx";
import { Figure } from "../../../ui/page/figure.tsx";
import { Row, Stack } from "../../../ui/page/grid.tsx";
import { Note } from "../../../ui/page/note.tsx";

export function Standings(): JSX.Element {
  return (
    <StandingRow
      standings={[
        { tone: "ok", title: "Runs are on time", note: "52 of 52 in 24 hours", href: "/runs" },
        { tone: "bad", title: "Bookings need you", note: "1 conflict, 1 request", href: "/bookings" },
        { tone: "warn", title: "Most mail arrives", note: "21 refused, queue empty" },
        { tone: "ok", title: "Site tracking works", note: "2 s behind, nothing lost" },
      ]}
    />
  );
}

export function Facts(): JSX.Element {
  return (
    <FactsRow
      facts={[
        { label: "Schedule", value: "Mondays 00:00", note: "retried at 01:05, 07:05, 13:05" },
        { label: "Next run", value: "Mon 7 Dec, 00:00", note: "in 5 days 16 h" },
        { label: "On time, 90 days", value: "12 of 13 weeks" },
        { label: "Typical duration", value: "3.8 s", note: "95% finish within 4.2 s" },
      ]}
    />
  );
}

export function CardWithSections(): JSX.Element {
  return (
    <Card
      title="Week of 23 – 29 November"
      hint="first attempt"
      flush
      actions={<StatusPill tone="bad">Failed</StatusPill>}
    >
      <div class="body">
        <Figure value="741" label="of 1,284 trained">
          <Trend change={36}>36</Trend>
        </Figure>
      </div>
      <Section title="Parameters" actions={<a href="/runs">All runs</a>}>
        <FactList
          facts={[
            { label: "Mode", value: "run, without force" },
            { label: "Started by", value: "cron", note: "0 23 * * 0 UTC" },
          ]}
        />
      </Section>
    </Card>
  );
}

export function Pills(): JSX.Element {
  return (
    <Stack tight>
      <Row>
        <StatusPill tone="ok">Completed</StatusPill>
        <StatusPill tone="warn">Late by 5 min</StatusPill>
        <StatusPill tone="bad">Failed</StatusPill>
        <StatusPill tone="info">Running</StatusPill>
        <StatusPill tone="neutral" icon="pause">
          Paused
        </StatusPill>
      </Row>
      <Row>
        <Count value={4} label="open incidents" />
        <Count value={21} tone="warn" />
        <Count value={6} tone="bad" />
        <Trend change={11}>11%</Trend>
        <Trend change={-3}>3%</Trend>
        <Trend change={5} moreIsBetter={false}>
          5 refused
        </Trend>
        <Trend change={0}>no change</Trend>
      </Row>
    </Stack>
  );
}

export function Figures(): JSX.Element {
  return (
    <Stack>
      <Figure value="2,318" label="points" hero />
      <Figure value="78.3%" label="show rate">
        <Trend change={1.9}>1.9 points</Trend>
      </Figure>
      <Meter
        label="78% came, 9% did not, 13% without outcome"
        parts={[{ share: 0.78 }, { share: 0.09, tone: "bad" }, { share: 0.13, tone: "warn" }]}
      />
    </Stack>
  );
}

export function Notes(): JSX.Element {
  return (
    <Stack tight>
      <Note
        tone="bad"
        title="Wednesday 2 December is closed, but 6 people are booked."
        actions={<Button small>Resolve 6 bookings</Button>}
      >
        Ben Krause is sick. No one has been told yet.
      </Note>
      <Note tone="warn" title="6 bookings are affected.">
        Decide what happens to each.
      </Note>
      <Note tone="info">Paused until 4 January. No alerts until then.</Note>
      <Note tone="ok">All quiet. Next run at 08:15.</Note>
      <Note tone="neutral" icon="eye">
        Nothing was written.
      </Note>
    </Stack>
  );
}
