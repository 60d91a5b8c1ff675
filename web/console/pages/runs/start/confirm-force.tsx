import type { JSX } from "preact";
import { useWords } from "../../../ui/locale.tsx";
import { Note } from "../../../ui/page/note.tsx";
import type { Command } from "../sentences/jobs.ts";
import { words } from "./words.ts";

/** Names the effect of a forced run before it starts. */
export function ConfirmForce({ command, evaluated }: { command: Command; evaluated: string | undefined }): JSX.Element {
  const w = useWords(words);
  return (
    <Note tone="warn" title={w.forceTitle} live>
      <p>{w.forceEffect[command]}</p>
      {evaluated !== undefined && <p>{w.evaluatedAt(evaluated)}</p>}
    </Note>
  );
}
