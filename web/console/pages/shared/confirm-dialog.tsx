import type { ComponentChildren, JSX } from "preact";
import type { Client } from "../../../client/generated/types.ts";
import { Button } from "../../ui/basics/button.tsx";
import { useUi } from "../../ui/context.tsx";
import { ErrorState } from "../../ui/data/error-state.tsx";
import { useWords } from "../../ui/locale.tsx";
import { Dialog } from "../../ui/overlay/dialog.tsx";
import { useToast } from "../../ui/overlay/toast.tsx";
import { useAction } from "../../ui/use-action.ts";
import { sharedWords } from "./words.ts";

interface Props<Result> {
  /** Verb and thing. */
  title: string;
  /** Who and what is affected. */
  children: ComponentChildren;
  /** The button: the same verb, with the number of things. */
  confirm: string;
  danger?: boolean | undefined;
  send: (client: Client) => Promise<Result>;
  /** What was done, as a sentence. */
  done: (result: Result) => string;
  onClose: () => void;
}

/** Asks before a change is sent, and reads the page again after it. A failure shows in the dialog. */
export function ConfirmDialog<Result>(props: Props<Result>): JSX.Element {
  const { title, children, confirm, danger, send, done, onClose } = props;
  const { client, reload } = useUi();
  const toast = useToast();
  const w = useWords(sharedWords);
  const { busy, error, run } = useAction();

  async function sendNow(): Promise<void> {
    const sent = await run(() => send(client));
    if (sent === undefined) return;
    toast({ text: done(sent.answer) });
    onClose();
    reload();
  }

  return (
    <Dialog
      title={title}
      busy={busy}
      onClose={onClose}
      footer={
        <>
          <Button disabled={busy} onClick={onClose}>
            {w.back}
          </Button>
          <Button kind={danger ? "danger" : "primary"} busy={busy} onClick={() => void sendNow()}>
            {confirm}
          </Button>
        </>
      }
    >
      {children}
      {error && <ErrorState inline error={error} title={w.notDone} />}
    </Dialog>
  );
}
