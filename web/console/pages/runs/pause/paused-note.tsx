import type { JSX } from "preact";
import type { JobPause } from "../../../../client/generated/types.ts";
import { useLocale, useWords } from "../../../ui/locale.tsx";
import { Note } from "../../../ui/page/note.tsx";
import { words } from "../words.ts";

/** Says that a job is paused: until when, by whom, why, and what that means. */
export function PausedNote({ pause: { until, since, reason, by } }: { pause: JobPause }): JSX.Element {
  const w = useWords(words).pausedNote;
  const { format } = useLocale();
  return (
    <div class="paused-note">
      <Note tone="warn" icon="circle-pause" title={until === null ? w.open : w.until(format.dateTime(until))}>
        <p>{w.by(by, format.dateTime(since), reason)}</p>
        <p>{w.effect}</p>
      </Note>
    </div>
  );
}
