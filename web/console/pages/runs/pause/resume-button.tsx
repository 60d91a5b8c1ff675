import type { JSX } from "preact";
import type { JobPause } from "../../../../client/generated/types.ts";
import { Button } from "../../../ui/basics/button.tsx";
import { useUi } from "../../../ui/context.tsx";
import { ErrorState } from "../../../ui/data/error-state.tsx";
import { useLocale, useWords } from "../../../ui/locale.tsx";
import { useToast } from "../../../ui/overlay/toast.tsx";
import { useAction } from "../../../ui/use-action.ts";
import { type Command, jobWords } from "../sentences/jobs.ts";
import { words } from "../words.ts";

interface Props {
  command: Command;
  pause: JobPause;
  onDone: () => void;
}

/** Ends a pause at once; Undo pauses the job again until the same time and for the same reason. */
export function ResumeButton({ command, pause, onDone }: Props): JSX.Element {
  const w = useWords(words).actions;
  const { client } = useUi();
  const { language } = useLocale();
  const toast = useToast();
  const resuming = useAction();
  const { until, reason } = pause;
  const undo = () => void client.pauseJob({ job: command, body: { until, reason } }).then(onDone, onDone);
  const resume = async () => {
    if ((await resuming.run(() => client.resumeJob({ job: command }))) === undefined) return;
    toast({ text: w.resumed(jobWords(command, language).name), undo });
    onDone();
  };
  return (
    <>
      {resuming.error && <ErrorState error={resuming.error} title={w.notResumed} inline />}
      <Button icon="play" busy={resuming.busy} onClick={() => void resume()}>
        {w.resume}
      </Button>
    </>
  );
}
