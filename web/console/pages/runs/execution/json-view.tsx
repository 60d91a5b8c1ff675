import type { JSX } from "preact";
import { Button } from "../../../ui/basics/button.tsx";
import { useWords } from "../../../ui/locale.tsx";
import { useToast } from "../../../ui/overlay/toast.tsx";
import { words } from "../words.ts";

/** An answer of the API as it came, behind one click. */
export function JsonView({ value }: { value: unknown }): JSX.Element {
  const w = useWords(words).execution;
  const toast = useToast();
  const text = JSON.stringify(value, null, 2);
  const copy = () => void navigator.clipboard.writeText(text).then(() => toast({ text: w.copied }));
  return (
    <details class="json-view">
      <summary>{w.json}</summary>
      <Button small icon="copy" onClick={copy}>
        {w.copy}
      </Button>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by keyboard */}
      <pre tabIndex={0}>{text}</pre>
    </details>
  );
}
