import type { ComponentChildren, JSX } from "preact";
import { useId, useRef } from "preact/hooks";
import type { ApiError } from "../../client/client.ts";
import { useUi } from "./context.tsx";
import type { ApiState } from "./use-api.ts";

interface Props<T> {
  title: string;
  reading: ApiState<T>;
  /** Shown beside the title. */
  aside?: ComponentChildren;
  /** Takes the full width; other panels stand side by side. */
  wide?: boolean;
  children: (data: T) => ComponentChildren;
}

/** A titled section for one response: a skeleton while it loads, the error if it fails. */
export function Panel<T>({ title, reading, aside, wide = false, children }: Props<T>): JSX.Element {
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const { data, error, busy } = reading;
  // The button disappears on success, so move the focus to the heading.
  const again = () => {
    heading.current?.focus();
    reading.again();
  };
  return (
    <section class={wide ? "panel wide" : "panel"} aria-labelledby={id} aria-busy={busy && data === undefined}>
      <header>
        <h3 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h3>
        {aside}
      </header>
      {error && <Fault error={error} busy={busy} again={again} />}
      {data === undefined ? !error && <Skeleton /> : children(data)}
    </section>
  );
}

function Skeleton(): JSX.Element {
  const { words } = useUi();
  return (
    <div class="skeleton">
      <span class="unseen">{words.loading}</span>
      <span />
      <span />
      <span />
    </div>
  );
}

function Fault({ error, busy, again }: { error: ApiError; busy: boolean; again: () => void }): JSX.Element {
  const { words } = useUi();
  return (
    <div class="fault" role="alert">
      <FaultText error={error} />
      <button type="button" class="quiet" disabled={busy} onClick={again}>
        {words.tryAgain}
      </button>
    </div>
  );
}

/** The error in the operator's language, with the server's message in English. */
export function FaultText({ error }: { error: ApiError }): JSX.Element {
  const { words, format } = useUi();
  const { status, code, message, requestId, retryAfter } = error;
  return (
    <>
      <p>
        <strong>{words.faults.of(status)}</strong> <code>{status === 0 ? code : `${status} ${code}`}</code>
      </p>
      {message && <p lang="en">{message}</p>}
      {retryAfter !== undefined && <p>{words.faults.retryAfter(format.duration(retryAfter * 1000))}</p>}
      {requestId && (
        <p class="small">
          {words.faults.requestId} <code>{requestId}</code>
        </p>
      )}
    </>
  );
}

/** A note that there is nothing to show. */
export function Empty({ children }: { children: ComponentChildren }): JSX.Element {
  return <p class="empty">{children}</p>;
}

export interface Figure {
  label: string;
  value: ComponentChildren;
  note?: ComponentChildren;
  tone?: "good" | "warn" | "bad" | undefined;
}

/** Figures side by side. */
export function Figures({ figures }: { figures: Figure[] }): JSX.Element {
  return (
    <dl class="figures">
      {figures.map(({ label, value, note, tone }) => (
        <div key={label} class={tone}>
          <dt>{label}</dt>
          <dd>
            <b>{value}</b>
            {note && <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
