import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../../ui/basics/button.tsx";
import { StatusPill } from "../../../ui/basics/status-pill.tsx";
import { Tooltip } from "../../../ui/basics/tooltip.tsx";
import { Checkbox } from "../../../ui/form/choices.tsx";
import { TextArea } from "../../../ui/form/text-input.tsx";
import { Dialog } from "../../../ui/overlay/dialog.tsx";
import { Drawer } from "../../../ui/overlay/drawer.tsx";
import { Menu } from "../../../ui/overlay/menu.tsx";
import { useToast } from "../../../ui/overlay/toast.tsx";
import { Section } from "../../../ui/page/card.tsx";
import { FactList } from "../../../ui/page/facts.tsx";
import { Row, Stack } from "../../../ui/page/grid.tsx";

export function OneDecision(): JSX.Element {
  const [open, setOpen] = useState(false);
  const [tell, setTell] = useState(true);
  const [note, setNote] = useState("");
  const close = () => setOpen(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Close a day…</Button>
      {open && (
        <Dialog
          title="Close Wednesday, 2 December"
          onClose={close}
          footer={
            <>
              <Button kind="quiet" onClick={close}>
                Cancel
              </Button>
              <Button kind="primary" onClick={close}>
                Close day and email 6
              </Button>
            </>
          }
        >
          <Stack>
            <p>6 people are booked. They get a mail with other times.</p>
            <Checkbox label="Email the 6 people" checked={tell} onChange={setTell} />
            <TextArea label="Note to them" value={note} onChange={setNote} optional />
          </Stack>
        </Dialog>
      )}
    </>
  );
}

export function OneThing(): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Open a booking</Button>
      {open && (
        <Drawer
          title="1:1 training with Ben Krause"
          lead={<StatusPill tone="ok">Confirmed</StatusPill>}
          onClose={() => setOpen(false)}
        >
          <Section title="Booking">
            <FactList facts={[{ label: "When", value: "Wednesday 2 December, 09:00–10:00", note: "Europe/Berlin" }]} />
          </Section>
        </Drawer>
      )}
    </>
  );
}

export function Menus(): JSX.Element {
  const toast = useToast();
  return (
    <Row>
      <Menu
        groups={[
          [
            { label: "Run again", icon: "rotate-ccw", onSelect: () => toast({ text: "The run has started." }) },
            { label: "Open the log", icon: "scroll-text", href: "?log=1" },
            { label: "Pause", icon: "pause", disabled: true },
          ],
          [{ label: "Remove", icon: "trash-2", danger: true }],
        ]}
      />
      <Menu
        buttonClass="button"
        groups={[
          [
            { label: "Deutsch", checked: true },
            { label: "English", checked: false },
          ],
        ]}
      >
        Language
      </Menu>
      <Tooltip text="Says a little more">
        <Button>Rest here</Button>
      </Tooltip>
    </Row>
  );
}

export function Toasts(): JSX.Element {
  const toast = useToast();
  const text = "Ida Brandt was moved to Thursday, 09:00.";
  return <Button onClick={() => toast({ text, undo: () => toast({ text: "Moved back." }) })}>Move Ida Brandt</Button>;
}
