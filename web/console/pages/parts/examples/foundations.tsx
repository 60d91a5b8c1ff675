import type { JSX } from "preact";
import { Avatar } from "../../../ui/basics/avatar.tsx";
import { Icon } from "../../../ui/basics/icon.tsx";
import { ICON_NAMES } from "../../../ui/basics/icon-names.ts";
import { Mark } from "../../../ui/basics/mark.tsx";
import { Time, Zone } from "../../../ui/basics/time.tsx";
import { useLocale } from "../../../ui/locale.tsx";
import { FactList } from "../../../ui/page/facts.tsx";
import { Row, Stack } from "../../../ui/page/grid.tsx";

export function Colours(): JSX.Element {
  const names = ["bg", "surface", "surface-2", "accent", "accent-soft", "ok", "warn", "bad", "info", "control"];
  return (
    <ul class="swatches">
      {[...names, "c1", "c2", "c3", "c4", "c5"].map((name) => (
        <li key={name}>
          <span style={{ background: `var(--${name})` }} />
          {name}
        </li>
      ))}
    </ul>
  );
}

export function Type(): JSX.Element {
  return (
    <Stack tight>
      <b class="type-hero">2,318</b>
      <b class="type-figure">78.3%</b>
      <b class="type-page">Title of a page</b>
      <b class="type-drawer">Title of a drawer or dialog</b>
      <b>Title of a card</b>
      <span>Text, with numbers in columns: 1,284</span>
      <span class="type-control">Tables, lists, controls</span>
      <small class="faint">Hints, time zone</small>
    </Stack>
  );
}

export function Icons(): JSX.Element {
  return (
    <ul class="icon-list">
      {ICON_NAMES.map((name) => (
        <li key={name} title={name}>
          <Icon name={name} label={name} />
        </li>
      ))}
    </ul>
  );
}

export function People(): JSX.Element {
  return (
    <Row>
      <Mark />
      <Avatar name="Mara Lindholm" />
      <Avatar name="Jo Albrecht" />
      <Avatar name="Aylin Demir" />
      <Avatar name="Ben Krause" large />
    </Row>
  );
}

export function Times(): JSX.Element {
  const { format } = useLocale();
  const at = "2026-12-01T07:12:00Z";
  return (
    <Stack tight>
      <FactList
        facts={[
          { label: "date-time", value: <Time of={at} /> },
          { label: "time", value: <Time of={at} as="time" /> },
          { label: "day", value: <Time of={at} as="day" /> },
          { label: "long", value: <Time of={at} as="long" /> },
          { label: "relative", value: <Time of={at} as="relative" /> },
          { label: "range", value: format.range("2026-11-23", "2026-11-29") },
          { label: "duration", value: format.duration(200_000) },
          { label: "percent", value: format.percent(78.34) },
          { label: "money", value: format.money(7_500) },
        ]}
      />
      <Zone now={at} />
    </Stack>
  );
}
