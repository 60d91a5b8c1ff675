import type { ComponentChildren, JSX } from "preact";
import { Icon } from "../basics/icon.tsx";
import { Zone } from "../basics/time.tsx";

interface Props {
  title: string;
  /** What the page shows, or what is to be done, in a sentence. */
  sentence?: ComponentChildren;
  /** The page above this one. */
  crumb?: { href: string; label: string } | undefined;
  actions?: ComponentChildren;
  /** Names the club's zone; with an instant also says what time it is there. */
  zone?: boolean | string | undefined;
}

/** Opens a page. The title takes the focus when a page is opened (`data-page-title`). */
export function PageHeader({ title, sentence, crumb, actions, zone }: Props): JSX.Element {
  return (
    <header class="page-header">
      <div>
        {crumb && (
          <nav class="crumb">
            <a href={crumb.href}>{crumb.label}</a>
            <Icon name="chevron-right" size="small" />
          </nav>
        )}
        <h1 tabIndex={-1} data-page-title>
          {title}
        </h1>
        {sentence && <p>{sentence}</p>}
      </div>
      {(actions || zone) && (
        <div class="end">
          {zone && <Zone now={zone === true ? undefined : zone} />}
          {actions}
        </div>
      )}
    </header>
  );
}
