import type { ComponentChildren, JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { FormContext } from "./form-context.ts";

interface Props {
  /** Called when no field has an error. */
  onSubmit: () => void;
  /** For a button outside the form: `<button form={id}>`. */
  id?: string | undefined;
  label?: string | undefined;
  children: ComponentChildren;
}

/** On submit shows the errors of all fields and moves the focus to the first one. Keeps what was entered. */
export function Form({ onSubmit, id, label, children }: Props): JSX.Element {
  const form = useRef<HTMLFormElement>(null);
  const [submitted, setSubmitted] = useState(false);
  const submit = (event: Event) => {
    event.preventDefault();
    setSubmitted(true);
    // The fields show their errors with the next render.
    requestAnimationFrame(() => {
      // What the server refused may be sent again: its reason may have gone.
      const invalid = form.current?.querySelectorAll<HTMLElement>("[aria-invalid=true]") ?? [];
      const wrong = [...invalid].find((control) => control.closest("[data-refused]") === null);
      if (wrong) wrong.focus();
      else onSubmit();
    });
  };
  return (
    <form ref={form} id={id} class="form" aria-label={label} noValidate onSubmit={submit}>
      <FormContext.Provider value={{ submitted }}>{children}</FormContext.Provider>
    </form>
  );
}

/** Fields side by side, below each other on a phone. */
export function FieldRow({ children }: { children: ComponentChildren }): JSX.Element {
  return <div class="field-row">{children}</div>;
}
