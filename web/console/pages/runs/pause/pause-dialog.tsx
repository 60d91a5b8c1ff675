import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { addDays, dateIn } from "../../../routing/dates.ts";
import { Button } from "../../../ui/basics/button.tsx";
import { useUi } from "../../../ui/context.tsx";
import { ErrorState } from "../../../ui/data/error-state.tsx";
import { RadioGroup } from "../../../ui/form/choices.tsx";
import { DateInput } from "../../../ui/form/date-input.tsx";
import { Form } from "../../../ui/form/form.tsx";
import { TextInput } from "../../../ui/form/text-input.tsx";
import { useLocale, useWords } from "../../../ui/locale.tsx";
import { Dialog } from "../../../ui/overlay/dialog.tsx";
import { useToast } from "../../../ui/overlay/toast.tsx";
import { Note } from "../../../ui/page/note.tsx";
import { useAction } from "../../../ui/use-action.ts";
import { words as uiWords } from "../../../ui/words.ts";
import { type Command, jobWords } from "../sentences/jobs.ts";
import { words } from "./words.ts";

interface Props {
  command: Command;
  onClose: () => void;
  onPaused: () => void;
}

/** Pauses a job until a day or until it is resumed, with a reason. */
export function PauseDialog({ command, onClose, onPaused }: Props): JSX.Element {
  const w = useWords(words);
  const { cancel } = useWords(uiWords);
  const { client } = useUi();
  const { language, zone, format } = useLocale();
  const toast = useToast();
  const form = useId();
  const { inSentence, name } = jobWords(command, language);
  const today = dateIn(zone, new Date());
  const [open, setOpen] = useState(false);
  const [date, setDate] = useState(addDays(today, 7));
  const [reason, setReason] = useState("");
  const pausing = useAction();
  const undo = () => void client.resumeJob({ job: command }).then(onPaused, () => onPaused());
  const pause = async () => {
    const until = open ? undefined : date;
    const done = await pausing.run(() =>
      client.pauseJob({ job: command, body: { until: until ?? null, reason: reason.trim() } }),
    );
    if (!done) return;
    toast({ text: w.paused(name, until && format.longDay(until)), undo });
    onPaused();
    onClose();
  };
  return (
    <Dialog
      title={w.title(language === "de" ? name : inSentence)}
      onClose={onClose}
      busy={pausing.busy}
      footer={
        <>
          <Button disabled={pausing.busy} onClick={onClose}>
            {cancel}
          </Button>
          <Button kind="primary" type="submit" form={form} busy={pausing.busy}>
            {w.confirm}
          </Button>
        </>
      }
    >
      <Form id={form} onSubmit={() => void pause()}>
        <RadioGroup
          label={w.how}
          value={open ? "open" : "date"}
          options={[
            { value: "date", label: w.untilDate },
            { value: "open", label: w.untilResumed },
          ]}
          onChange={(value) => setOpen(value === "open")}
        />
        {!open && (
          <DateInput
            label={w.date}
            value={date}
            onChange={setDate}
            min={addDays(today, 1)}
            hint={date === "" ? w.dateHint(zone) : `${format.longDay(date)}. ${w.dateHint(zone)}`}
            check={(value) => (value === "" ? w.dateMissing : value <= today ? w.datePast : undefined)}
            error={pausing.error?.field === "until" ? pausing.error.message : undefined}
            name="until"
          />
        )}
        <TextInput
          label={w.reason}
          value={reason}
          onChange={setReason}
          hint={w.reasonHint}
          maxLength={200}
          check={(value) => (value.trim() === "" ? w.reasonMissing : undefined)}
          error={pausing.error?.field === "reason" ? pausing.error.message : undefined}
          name="reason"
          focused
        />
        <Note tone="info">
          {w.effect} {(command === "weekly" || command === "monthly") && w.catchUp}
        </Note>
      </Form>
      {pausing.error && !["until", "reason"].includes(pausing.error.field ?? "") && (
        <ErrorState error={pausing.error} title={w.failed} />
      )}
    </Dialog>
  );
}
