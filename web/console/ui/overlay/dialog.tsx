import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { IconButton } from "../basics/icon-button.tsx";
import { useWords } from "../locale.tsx";
import { words } from "../words.ts";

interface Props {
  /** Verb and thing: "Close Wednesday, 2 December". */
  title: string;
  wide?: boolean | undefined;
  /** Called once it is closed, by a button, Escape or a click outside. */
  onClose: () => void;
  /** While something is sent, the dialog cannot be closed. */
  busy?: boolean | undefined;
  /** Buttons at the bottom: the same verb as the title, with the number of things. */
  footer?: ComponentChildren;
  children: ComponentChildren;
}

/** What takes the focus when nothing asks for it: the first control, not the button that closes the dialog. */
const CONTROLS = ".body :is(input:not(:disabled), select, textarea), footer > .button.primary";

/**
 * One decision. Closes on Escape and on a click outside, unless something was typed into it, and returns the focus to
 * what opened it. Show it by rendering it.
 */
export function Dialog({ title, wide, onClose, busy = false, footer, children }: Props): JSX.Element {
  const id = useId();
  const { close } = useWords(words);
  const dialog = useRef<HTMLDialogElement>(null);
  const typed = useRef(false);
  const isGone = useRef(false);
  useEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    element?.showModal();
    const first = element?.querySelector<HTMLElement>("[data-focus]") ?? element?.querySelector<HTMLElement>(CONTROLS);
    first?.focus();
    return () => {
      // What is behind the dialog can take the focus only after the dialog is closed.
      isGone.current = true;
      element?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  const end = () => {
    if (!busy) dialog.current?.close();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, too
    <dialog
      ref={dialog}
      class={wide ? "dialog wide" : "dialog"}
      aria-labelledby={id}
      onInput={() => {
        typed.current = true;
      }}
      onCancel={(event) => {
        if (busy) event.preventDefault();
      }}
      // A click on the ground behind hits the dialog itself; its content is in boxes that fill it.
      onClick={(event) => {
        if (event.target === dialog.current && !typed.current) end();
      }}
      onClose={() => {
        if (!isGone.current) onClose();
      }}
    >
      <header>
        <h2 id={id}>{title}</h2>
        <IconButton icon="x" label={close} disabled={busy} onClick={end} />
      </header>
      <div class="body">{children}</div>
      {footer && <footer>{footer}</footer>}
    </dialog>
  );
}
