import type { JSX } from "preact";
import type { ApiError } from "../../../client/client.ts";
import { Button } from "../basics/button.tsx";
import { Icon } from "../basics/icon.tsx";
import type { IconName } from "../basics/icon-names.ts";
import { useLocale, useWords } from "../locale.tsx";
import { words } from "../words.ts";

interface Props {
  error: ApiError;
  /** What failed, as a sentence: "The figures could not be loaded". */
  title: string;
  /** When the data that still shows was read. */
  since?: string | undefined;
  again?: (() => void) | undefined;
  busy?: boolean | undefined;
  /** One line above old data, instead of a block in its place. */
  inline?: boolean | undefined;
}

/** What failed, why, how old the rest is, and the way to try again. */
export function ErrorState({ error, title, since, again, busy, inline }: Props): JSX.Element {
  const { format } = useLocale();
  const { errors, tryAgain } = useWords(words);
  const kind = kindOf(error);
  return (
    <div class={inline ? "error-state inline" : "error-state"} role="alert">
      <span class="sign">
        <Icon name={ICONS[kind]} size={inline ? "medium" : "large"} />
      </span>
      <div>
        <h3>{title}</h3>
        <p>
          {errors[kind]}
          {error.retryAfter !== undefined && ` ${errors.retryAfter(format.duration(error.retryAfter * 1_000))}`}
          {since && ` ${errors.olderFrom(format.time(since))}`}
        </p>
        {SAID.has(kind) && error.message && (
          <p class="said" lang="en">
            {error.message}
          </p>
        )}
        {error.requestId && (
          <p class="request">
            {errors.requestId} <code>{error.requestId}</code>
          </p>
        )}
      </div>
      {again && (
        <Button small icon="refresh-cw" busy={busy} onClick={again}>
          {tryAgain}
        </Button>
      )}
    </div>
  );
}

type Kind = "slow" | "unreachable" | "signedOut" | "refused" | "missing" | "limited" | "invalid" | "failed";

/** Kinds for which the server's own words help. */
const SAID: ReadonlySet<Kind> = new Set(["failed", "invalid", "limited"]);

const ICONS: Readonly<Record<Kind, IconName>> = {
  slow: "hourglass",
  unreachable: "wifi-off",
  signedOut: "lock",
  refused: "lock",
  missing: "search",
  limited: "hand",
  invalid: "circle-alert",
  failed: "cloud-off",
};

function kindOf({ status, cause }: ApiError): Kind {
  // A call that takes too long is aborted.
  if (status === 0) return cause instanceof DOMException ? "slow" : "unreachable";
  if (status === 401) return "signedOut";
  if (status === 403) return "refused";
  if (status === 404) return "missing";
  if (status === 429) return "limited";
  if (status === 408 || status === 504) return "slow";
  return status >= 500 ? "failed" : "invalid";
}
