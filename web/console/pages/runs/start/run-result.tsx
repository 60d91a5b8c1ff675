import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { JobParameter } from "../../../../client/generated/types.ts";
import { Button, ButtonLink } from "../../../ui/basics/button.tsx";
import { useLocale, useWords } from "../../../ui/locale.tsx";
import { Note } from "../../../ui/page/note.tsx";
import { BoldNumbers } from "../execution/sentence-list.tsx";
import { describeRun } from "../sentences/describe-run.ts";
import type { Command } from "../sentences/jobs.ts";
import { type Affected, affectedBy } from "./affected.ts";
import type { Mode } from "./parameters.ts";
import type { RunAnswer } from "./use-run.ts";
import { words } from "./words.ts";

interface Props {
  command: Command;
  mode: Mode;
  answer: RunAnswer;
  executionId: string | undefined;
  ms: number;
  parameters: readonly JobParameter[];
}

/** What a run did, or would do: sentences, and whom it affects. */
export function RunResult({ command, mode, answer, executionId, ms, parameters }: Props): JSX.Element {
  const w = useWords(words);
  const { language, format } = useLocale();
  const dryRun = mode === "dry";
  const actions = executionId && (
    <ButtonLink small href={`/runs/${command}/${executionId}`}>
      {w.see}
    </ButtonLink>
  );
  if (answer.status === "partial")
    return <Note tone="warn" icon="hourglass" title={w.partial} actions={actions} live />;
  if (answer.skipped === true) {
    return (
      <Note tone="info" title={w.skipped[String(answer.reason)] ?? String(answer.detail)} actions={actions} live />
    );
  }
  const duration = format.duration(ms);
  return (
    <Note tone="ok" title={dryRun ? w.dryDone(duration) : w.done(duration)} actions={actions} live>
      <p>
        {describeRun(command, { counts: { ...answer }, dryRun }, language).map(({ text }) => (
          <span key={text}>
            <BoldNumbers text={text} />{" "}
          </span>
        ))}
      </p>
      {affectedBy(command, answer, { dryRun, parameters, format, words: w }).map((affected) => (
        <AffectedRows key={affected.title} affected={affected} />
      ))}
    </Note>
  );
}

/** How many rows show at first. */
const FIRST = 5;

function AffectedRows({ affected: { title, rows } }: { affected: Affected }): JSX.Element {
  const w = useWords(words);
  const [all, setAll] = useState(false);
  return (
    <div class="affected">
      <h4>{title}</h4>
      <ul>
        {(all ? rows : rows.slice(0, FIRST)).map((row) => (
          <li key={row.key}>
            <b>{row.title}</b>
            <span>{row.note}</span>
          </li>
        ))}
      </ul>
      {!all && rows.length > FIRST && (
        <Button kind="quiet" small onClick={() => setAll(true)}>
          {w.showAll(rows.length)}
        </Button>
      )}
    </div>
  );
}
