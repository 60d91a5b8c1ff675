import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import type { Incident } from "../../../client/generated/types.ts";
import { Button } from "../../ui/basics/button.tsx";
import { useUi } from "../../ui/context.tsx";
import { ErrorState } from "../../ui/data/error-state.tsx";
import { Form } from "../../ui/form/form.tsx";
import { TextArea } from "../../ui/form/text-input.tsx";
import { useWords } from "../../ui/locale.tsx";
import { Dialog } from "../../ui/overlay/dialog.tsx";
import { useToast } from "../../ui/overlay/toast.tsx";
import { Note } from "../../ui/page/note.tsx";
import { useAction } from "../../ui/use-action.ts";
import { words as uiWords } from "../../ui/words.ts";
import { words } from "./words.ts";

interface Props {
  incident: Incident;
  onDone: () => void;
  small?: boolean | undefined;
}

/** Opens the dialog that acknowledges an incident, for those who may. */
export function AcknowledgeButton({ incident, onDone, small }: Props): JSX.Element | null {
  const w = useWords(words);
  const { can } = useUi();
  const [open, setOpen] = useState(false);
  if (!can("staff")) return null;
  return (
    <>
      <Button small={small} onClick={() => setOpen(true)}>
        {incident.acknowledged === null ? w.acknowledge : w.acknowledgeAgain}
      </Button>
      {open && <AcknowledgeDialog incident={incident} onDone={onDone} onClose={() => setOpen(false)} />}
    </>
  );
}

interface DialogProps {
  incident: Incident;
  onDone: () => void;
  onClose: () => void;
}

/** Asks for the note. A page that shows incidents may open it by itself. */
export function AcknowledgeDialog({ incident: { id, acknowledged }, onDone, onClose }: DialogProps): JSX.Element {
  const w = useWords(words).dialog;
  const { cancel } = useWords(uiWords);
  const { client } = useUi();
  const toast = useToast();
  const form = useId();
  const [note, setNote] = useState(acknowledged?.note ?? "");
  const sending = useAction();
  const send = async () => {
    if ((await sending.run(() => client.acknowledgeIncident({ id, body: { note: note.trim() } }))) === undefined)
      return;
    toast({ text: w.done });
    onDone();
    onClose();
  };
  const isNoteFault = sending.error?.field === "note";
  return (
    <Dialog
      title={w.title}
      onClose={onClose}
      busy={sending.busy}
      footer={
        <>
          <Button disabled={sending.busy} onClick={onClose}>
            {cancel}
          </Button>
          <Button kind="primary" type="submit" form={form} busy={sending.busy}>
            {w.confirm}
          </Button>
        </>
      }
    >
      <Form id={form} onSubmit={() => void send()}>
        <TextArea
          label={w.note}
          value={note}
          onChange={setNote}
          hint={w.hint}
          maxLength={500}
          check={(text) => (text.trim() === "" ? w.missing : undefined)}
          error={isNoteFault ? sending.error?.message : undefined}
          name="note"
        />
        <Note tone="info">{w.effect}</Note>
      </Form>
      {sending.error && !isNoteFault && <ErrorState error={sending.error} title={w.failed} />}
    </Dialog>
  );
}
