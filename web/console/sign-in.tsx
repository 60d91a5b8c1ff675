import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, createClient } from "../client/client.ts";
import { useUi } from "./ui/context.tsx";
import { FaultText } from "./ui/panel.tsx";
import { type PreferenceSetters, Switches } from "./ui/switches.tsx";
import { errorOf } from "./ui/use-api.ts";

interface Props {
  /** The status with which the server refused the last token. */
  refusal: number | undefined;
  signIn: (token: string) => void;
  switches: PreferenceSetters;
}

/** Asks for the operator's token and checks it before storing it. */
export function SignIn({ refusal, signIn, switches }: Props): JSX.Element {
  const { words } = useUi();
  const field = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(
    refusal === undefined ? undefined : new ApiError(refusal, { code: "unauthorized", message: "" }),
  );
  useEffect(() => field.current?.focus(), []);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const token = field.current?.value.trim() ?? "";
    if (token === "") return field.current?.focus();
    setBusy(true);
    try {
      // A small answer that requires the operator's token.
      await createClient({ token }).listSites({ limit: 1 });
      signIn(token);
    } catch (fault) {
      setError(errorOf(fault));
      setBusy(false);
      field.current?.select();
    }
  }

  const refused = error?.status === 401 || error?.status === 403;
  return (
    <main class="sign-in">
      <h1>
        <img src="/favicon.svg" alt="" width="28" height="28" /> Taktwerk
      </h1>
      <form onSubmit={submit} aria-busy={busy}>
        {/* Password managers store the token under this user name. */}
        <input type="text" autocomplete="username" value="operator" readOnly hidden />
        <label for="token">{words.signIn.token}</label>
        <input
          ref={field}
          id="token"
          type="password"
          autocomplete="current-password"
          required
          aria-invalid={refused}
          aria-describedby="token-hint token-fault"
        />
        <p id="token-hint" class="small">
          {words.signIn.hint}
        </p>
        <div id="token-fault" role="alert">
          {error && (
            <div class="fault">
              {refused ? (
                <p>{error.status === 403 ? words.signIn.forbidden : words.signIn.wrong}</p>
              ) : (
                <FaultText error={error} />
              )}
            </div>
          )}
        </div>
        <button type="submit" disabled={busy}>
          {words.signIn.submit}
        </button>
      </form>
      <div class="switches">
        <Switches {...switches} />
      </div>
    </main>
  );
}
