import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, ButtonLink } from "../../../ui/basics/button.tsx";
import { IconButton } from "../../../ui/basics/icon-button.tsx";
import { Checkbox, RadioGroup, Switch } from "../../../ui/form/choices.tsx";
import { Chips, FilterChip, Segmented, Tabs } from "../../../ui/form/segmented.tsx";
import { Row, Stack } from "../../../ui/page/grid.tsx";

export function Buttons(): JSX.Element {
  return (
    <Stack>
      <Row>
        <Button kind="primary" icon="plus">
          New booking
        </Button>
        <Button>Decline</Button>
        <Button kind="quiet">Later</Button>
        <Button kind="danger">Cancel booking…</Button>
        <Button disabled>Off</Button>
        <Button busy>Saving</Button>
      </Row>
      <Row>
        <Button small icon="refresh-cw">
          Small
        </Button>
        <ButtonLink small href="/runs">
          Leads somewhere
        </ButtonLink>
        <IconButton icon="refresh-cw" label="Read again" />
        <IconButton icon="pause" label="Pause" kind="plain" />
        <IconButton icon="x" label="Close" small />
        <IconButton icon="download" label="Loading" busy />
      </Row>
    </Stack>
  );
}

export function OneOfSome(): JSX.Element {
  const [view, setView] = useState<"day" | "week" | "month">("week");
  return (
    <Segmented
      label="View"
      value={view}
      options={[
        ["day", "Day"],
        ["week", "Week"],
        ["month", "Month"],
      ]}
      onChange={setView}
    />
  );
}

export function PageTabs(): JSX.Element {
  return (
    <Tabs
      label="Parts of the page"
      tabs={[
        { href: "?tab=failures", label: "Failures", current: true, count: 21 },
        { href: "?tab=all", label: "All mails", current: false },
        { href: "?tab=suppressions", label: "Suppressions", current: false },
      ]}
    />
  );
}

export function Filters(): JSX.Element {
  const [chosen, setChosen] = useState<string[]>(["ben"]);
  const toggle = (value: string) =>
    setChosen(chosen.includes(value) ? chosen.filter((item) => item !== value) : [...chosen, value]);
  return (
    <Stack tight>
      <Chips
        label="Provider"
        chosen={chosen}
        onToggle={toggle}
        options={[
          { value: "aylin", label: "Aylin Demir" },
          { value: "ben", label: "Ben Krause", count: 6 },
          { value: "carla", label: "Carla Vogt" },
        ]}
      />
      <Row>
        <FilterChip label="Country Germany" onRemove={() => undefined} />
      </Row>
    </Stack>
  );
}

export function OnAndOff(): JSX.Element {
  const [on, setOn] = useState(true);
  const [ticked, setTicked] = useState(true);
  const [what, setWhat] = useState<"move" | "cancel">("move");
  return (
    <Stack tight>
      <Switch label="Alerts by mail" checked={on} onChange={setOn} hint="At once, to all admins." />
      <Checkbox label="Email the 6 people" checked={ticked} onChange={setTicked} />
      <Checkbox label="Cannot be changed" checked={false} onChange={() => undefined} disabled />
      <RadioGroup
        label="What happens to the bookings?"
        value={what}
        onChange={setWhat}
        options={[
          { value: "move", label: "Offer another time", hint: "Each person gets a link with free times." },
          { value: "cancel", label: "Cancel them" },
        ]}
      />
    </Stack>
  );
}
