import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import { Count } from "../basics/count.tsx";

/** How many of the 12 columns of a `Grid` it takes: on a phone always all. */
export type Span = 3 | 4 | 5 | 6 | 7 | 8 | 9 | 12;

interface Props {
  title?: string | undefined;
  /** Beside the title, in grey: the span or the state that the card shows. */
  hint?: ComponentChildren;
  /** A number in a circle after the title. */
  count?: number | undefined;
  /** The way to the page with more of this. */
  link?: { href: string; label: string } | undefined;
  /** Controls at the right of the title. */
  actions?: ComponentChildren;
  span?: Span | undefined;
  /** Lets tables and lists reach the card's edges. */
  flush?: boolean | undefined;
  busy?: boolean | undefined;
  children: ComponentChildren;
}

/** A titled section on its own ground. */
export function Card({ title, hint, count, link, actions, span, flush, busy, children }: Props): JSX.Element {
  const id = useId();
  return (
    <section class={`card${span ? ` span-${span}` : ""}`} aria-labelledby={title ? id : undefined} aria-busy={busy}>
      {title && (
        <header>
          <h2 id={id}>{title}</h2>
          {count !== undefined && <Count value={count} />}
          {hint && <span class="hint">{hint}</span>}
          {(link || actions) && (
            <span class="end">
              {actions}
              {link && <a href={link.href}>{link.label}</a>}
            </span>
          )}
        </header>
      )}
      {flush ? children : <div class="body">{children}</div>}
    </section>
  );
}

interface SectionProps {
  title?: string | undefined;
  hint?: ComponentChildren;
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** A part of a card or drawer, divided from the one above by a line. */
export function Section({ title, hint, actions, children }: SectionProps): JSX.Element {
  return (
    <div class="section">
      {title && (
        <header>
          <h3>{title}</h3>
          {hint && <span class="hint">{hint}</span>}
          {actions && <span class="end">{actions}</span>}
        </header>
      )}
      {children}
    </div>
  );
}
