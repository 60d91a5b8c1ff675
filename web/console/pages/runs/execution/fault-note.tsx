import type { JSX } from "preact";
import type { ExecutionDetails } from "../../../../client/generated/types.ts";
import { useLocale, useWords } from "../../../ui/locale.tsx";
import { Note } from "../../../ui/page/note.tsx";
import { isBad } from "../execution-words.ts";
import { describeFault } from "../sentences/errors.ts";
import { words } from "../words.ts";

interface Props {
  execution: ExecutionDetails;
  hrefOf: (id: string) => string;
}

/** Why an execution did not complete, what to do about it, and where it went on. */
export function FaultNote({ execution, hrefOf }: Props): JSX.Element | null {
  const w = useWords(words).execution;
  const { language } = useLocale();
  const { outcome, error, sameOccurrence, id } = execution;
  const next = sameOccurrence[sameOccurrence.findIndex((other) => other.id === id) + 1];
  const following = next && <a href={hrefOf(next.id)}>{isBad(execution) ? w.seeRetry : w.seeNext}</a>;
  if (outcome === "partial") {
    return (
      <div class="body">
        <Note tone="warn" icon="hourglass" title={w.partial} actions={following} />
      </div>
    );
  }
  if (!isBad(execution)) return null;
  const fault = outcome === "lost" ? { what: w.lost, remedy: w.logLost } : error && describeFault(error, language);
  return (
    <div class="body">
      <Note tone="bad" title={fault?.what} actions={following}>
        {fault && <p>{fault.remedy}</p>}
        {error && outcome !== "lost" && error.message !== fault?.what && (
          <p class="said" lang="en">
            {error.code}: {error.message}
          </p>
        )}
      </Note>
    </div>
  );
}
