import type { JSX } from "preact";
import type { ApiError } from "../../../../client/client.ts";
import { ButtonLink } from "../../../ui/basics/button.tsx";
import { ErrorState } from "../../../ui/data/error-state.tsx";
import { useWords } from "../../../ui/locale.tsx";
import { Note } from "../../../ui/page/note.tsx";
import type { Command } from "../sentences/jobs.ts";
import { words } from "./words.ts";

interface Props {
  command: Command;
  error: ApiError;
  executionId: string | undefined;
}

/** Why a run was not started, or failed. A failed one has an execution that says more. */
export function RunFault({ command, error, executionId }: Props): JSX.Element {
  const w = useWords(words);
  if (executionId === undefined) return <ErrorState error={error} title={w.refused} />;
  const link = (
    <ButtonLink small href={`/runs/${command}/${executionId}`}>
      {w.see}
    </ButtonLink>
  );
  return (
    <Note tone="bad" title={w.failed} actions={link} live>
      <p class="said" lang="en">
        {error.message}
      </p>
    </Note>
  );
}
