import type { ComponentChildren, JSX } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
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

/** Up to this width a drawer is a sheet (styles/overlays.css). */
const PHONE = "(max-width: 820px)";

/**
 * One thing and its history, beside a list; on a phone a sheet above it. Whether it is open, and for what, belongs in
 * the address (`useOpenItem`). Give it the thing's id as `key`, so that the focus moves when another one opens.
 */
export function Drawer({ title, lead, onClose, children }: Props): JSX.Element {
  const id = useId();
  const { close } = useWords(words);
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    // Only a sheet covers the page and keeps the focus inside.
    if (matchMedia(PHONE).matches) element?.showModal();
    else element?.show();
    heading.current?.focus();
    return () => {
      // What is behind a sheet can take the focus only after the sheet is closed.
      element?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class="drawer card"
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // A click on the ground behind a sheet hits the dialog itself.
      onClick={(event) => {
        if (event.target === dialog.current && dialog.current?.matches(":modal") && isOutside(event, dialog.current)) {
          onClose();
        }
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
    </dialog>
  );
}

function isOutside({ clientX, clientY }: MouseEvent, element: Element): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
