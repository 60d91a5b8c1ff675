import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { ApiError } from "../../client/client.ts";
import type { Action } from "./action.ts";
import { useUi } from "./context.tsx";
import { FaultText } from "./panel.tsx";
import { Details } from "./text.tsx";
import { errorOf } from "./use-api.ts";

type State =
  | { step: "asking" }
  | { step: "busy" }
  | { step: "done"; answer: unknown }
  | { step: "failed"; error: ApiError };

/** Asks for confirmation, sends the action and shows the response. @param close Receives whether a request was sent. */
export function ConfirmDialog({ action, close }: { action: Action; close: (sent: boolean) => void }): JSX.Element {
  const { words, client } = useUi();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [state, setState] = useState<State>({ step: "asking" });
  useEffect(() => dialog.current?.showModal(), []);
  const busy = state.step === "busy";
  const over = state.step === "done" || state.step === "failed";

  async function send(): Promise<void> {
    setState({ step: "busy" });
    try {
      setState({ step: "done", answer: await action.send(client) });
    } catch (fault) {
      setState({ step: "failed", error: errorOf(fault) });
    }
  }
  // Close the dialog first, so that the browser returns the focus.
  const end = () => dialog.current?.close();

  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onCancel={(event) => busy && event.preventDefault()}
      onClose={() => close(state.step !== "asking")}
    >
      <h2 id={`${id}-title`}>{action.title}</h2>
      <div id={`${id}-text`} hidden={over}>
        {action.text.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      <div role="status">
        {busy && <p class="busy">{words.working}</p>}
        {state.step === "done" && (
          <>
            <p>
              <strong>{words.answered}</strong>
            </p>
            <div class="answer">
              <Details of={state.answer} />
            </div>
          </>
        )}
        {state.step === "failed" && (
          <div class="fault">
            <FaultText error={state.error} />
          </div>
        )}
      </div>
      <div class="actions">
        {!over && (
          <button type="button" disabled={busy} onClick={send}>
            {action.confirm}
          </button>
        )}
        <button type="button" class="quiet" disabled={busy} onClick={end}>
          {over ? words.close : words.cancel}
        </button>
      </div>
    </dialog>
  );
}
