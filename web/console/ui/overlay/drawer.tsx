import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { IconButton } from "../basics/icon-button.tsx";
import { useWords } from "../locale.tsx";
import { words } from "../words.ts";

interface Props {
  title: string;
  /** Below the title: the state, the time. */
  lead?: ComponentChildren;
  /** Removes the drawer from the address, as Back does. */
  onClose: () => void;
  children: ComponentChildren;
}

/**
 * One thing and its history, beside a list; on a phone a sheet above it. Whether it is open, and for what, belongs in
 * the address. Give it the thing's id as `key`, so that the focus moves when another one opens.
 */
export function Drawer({ title, lead, onClose, children }: Props): JSX.Element {
  const id = useId();
  const { close } = useWords(words);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    heading.current?.focus({ preventScroll: window.innerWidth <= PHONE });
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape and the button close it, too */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape and the button close it, too */}
      <div class="drawer-scrim" onClick={onClose} />
      <aside
        class="drawer card"
        aria-labelledby={id}
        onKeyDown={(event) => {
          if (event.key === "Escape" && !event.defaultPrevented) onClose();
        }}
      >
        <header>
          <div>
            <h2 id={id} ref={heading} tabIndex={-1}>
              {title}
            </h2>
            {lead && <div class="lead">{lead}</div>}
          </div>
          <IconButton icon="x" label={close} onClick={onClose} />
        </header>
        {children}
      </aside>
    </>
  );
}

/** Up to this width a drawer is a sheet (styles/overlays.css). */
const PHONE = 820;
