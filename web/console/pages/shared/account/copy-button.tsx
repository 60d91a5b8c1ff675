import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../../ui/basics/button.tsx";
import { useWords } from "../../../ui/locale.tsx";
import { accountWords } from "./words.ts";

/** Copies a text, and says so. */
export function CopyButton({ text, onCopied }: { text: string; onCopied?: () => void }): JSX.Element {
  const words = useWords(accountWords);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    onCopied?.();
  };
  return (
    <Button icon={copied ? "check" : "copy"} onClick={() => void copy().catch(() => undefined)}>
      <span role="status">{copied ? words.copied : words.copy}</span>
    </Button>
  );
}
