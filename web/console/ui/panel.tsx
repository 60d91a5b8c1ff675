import type { ComponentChildren, JSX } from "preact";
import { useId, useRef } from "preact/hooks";
import type { ApiError } from "../api/call.ts";
import { useUi } from "./context.tsx";
import type { ApiState } from "./use-api.ts";

interface Shown<T> {
  title: string;
  reading: ApiState<T>;
  /** Beside the title. */
  aside?: ComponentChildren;
  /** As wide as the page, where others stand side by side. */
  wide?: boolean;
  children: (data: T) => ComponentChildren;
}

/** A titled part of a page over one answer: a skeleton before it comes, what is wrong where none comes. */
export function Panel<T>({ title, reading, aside, wide = false, children }: Shown<T>): JSX.Element {
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const { data, error, busy } = reading;
  // The button goes when all is well again; who pressed it is not to be left nowhere.
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

/** What is wrong, in the operator's language; and what the server said of it, in its own. */
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

/** Where there is nothing to show, which is no fault. */
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
