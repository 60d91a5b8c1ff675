import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ButtonLink } from "../../../ui/basics/button.tsx";
import { useLocale, useWords } from "../../../ui/locale.tsx";
import { Note } from "../../../ui/page/note.tsx";
import type { Command } from "../sentences/jobs.ts";
import type { RunState } from "./use-run.ts";
import { words } from "./words.ts";

interface Props {
  command: Command;
  state: Extract<RunState, { phase: "running" }>;
}

/** How long the run has taken so far, and the way to its execution. */
export function RunProgress({ command, state: { startedAt, executionId } }: Props): JSX.Element {
  const w = useWords(words);
  const { format } = useLocale();
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.floor((now - startedAt) / 1_000));
  return (
    <Note
      tone="info"
      icon="loader"
      title={w.running}
      actions={
        executionId && (
          <ButtonLink small href={`/runs/${command}/${executionId}`}>
            {w.see}
          </ButtonLink>
        )
      }
      live
    >
      <p aria-live="off">{w.runningSince(format.duration(seconds * 1_000))}</p>
    </Note>
  );
}
