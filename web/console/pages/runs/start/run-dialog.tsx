import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import type { Execution, JobDetails } from "../../../../client/generated/types.ts";
import { dateIn } from "../../../routing/dates.ts";
import { Button } from "../../../ui/basics/button.tsx";
import { useLocale, useWords } from "../../../ui/locale.tsx";
import { Dialog } from "../../../ui/overlay/dialog.tsx";
import { useApi } from "../../../ui/use-api.ts";
import { type Command, jobWords } from "../sentences/jobs.ts";
import { whenLabel } from "../sentences/period.ts";
import { countChanges } from "./affected.ts";
import { ConfirmForce } from "./confirm-force.tsx";
import { type FormValues, fieldsOf, type Mode, modesOf, parametersOf } from "./parameters.ts";
import { RunFault } from "./run-fault.tsx";
import { RunForm } from "./run-form.tsx";
import { RunProgress } from "./run-progress.tsx";
import { RunResult } from "./run-result.tsx";
import { type RunState, useRun } from "./use-run.ts";
import { words } from "./words.ts";

interface Props {
  command: Command;
  job: JobDetails;
  onClose: () => void;
  onRan: () => void;
}

/** Starts a run, a dry run or a run again: parameters, what it affects, progress and result. */
export function RunDialog({ command, job, onClose, onRan }: Props): JSX.Element {
  const { language } = useLocale();
  const form = useId();
  const modes = modesOf(job.parameters);
  const [mode, setMode] = useState<Mode>(modes[0] ?? "run");
  const [values, setValues] = useState<FormValues>({});
  const [confirming, setConfirming] = useState(false);
  const { state, start, reset } = useRun(command, onRan);
  const evaluated = useEvaluated(command, job, values);

  const begin = (chosen: Mode) => {
    setMode(chosen);
    setConfirming(false);
    void start(parametersOf(values, chosen, job.parameters));
  };
  const submit = () => (mode === "force" ? setConfirming(true) : begin(mode));
  const apply = () => {
    // A week that is evaluated changes only if it is forced.
    if (evaluated !== undefined && modes.includes("force")) {
      setMode("force");
      setConfirming(true);
      reset();
    } else begin("run");
  };

  const fault = state.phase === "failed" ? state.error : undefined;
  const fields = fieldsOf(job.parameters).map(({ name }) => name);
  const isFieldFault = fault?.field !== undefined && fields.includes(fault.field);
  const showsForm = !confirming && (state.phase === "form" || isFieldFault);
  const edit = (name: string, value: string | boolean) => {
    setValues({ ...values, [name]: value });
    if (state.phase !== "form") reset();
  };
  return (
    <Dialog
      title={jobWords(command, language).run}
      onClose={onClose}
      footer={
        <Footer
          form={form}
          {...{ command, mode, state, confirming, showsForm, onClose }}
          onBack={() => {
            setConfirming(false);
            reset();
          }}
          onForce={() => begin("force")}
          onApply={apply}
        />
      }
    >
      {confirming && <ConfirmForce command={command} evaluated={evaluated} />}
      {showsForm && (
        <RunForm
          id={form}
          {...{ job, modes, mode, values, evaluated, onMode: setMode, onEdit: edit, onSubmit: submit }}
          fault={isFieldFault ? fault : undefined}
        />
      )}
      {!confirming && state.phase === "running" && <RunProgress command={command} state={state} />}
      {!confirming && state.phase === "done" && (
        <RunResult command={command} mode={mode} parameters={job.parameters} {...state} />
      )}
      {!confirming && fault !== undefined && !isFieldFault && (
        <RunFault command={command} error={fault} executionId={executionOf(state)} />
      )}
    </Dialog>
  );
}

const executionOf = (state: RunState): string | undefined => (state.phase === "failed" ? state.executionId : undefined);

interface FooterProps {
  command: Command;
  form: string;
  mode: Mode;
  state: RunState;
  confirming: boolean;
  showsForm: boolean;
  onClose: () => void;
  onBack: () => void;
  onForce: () => void;
  onApply: () => void;
}

function Footer({
  command,
  form,
  mode,
  state,
  confirming,
  showsForm,
  onClose,
  onBack,
  onForce,
  onApply,
}: FooterProps): JSX.Element {
  const w = useWords(words);
  if (confirming) {
    return (
      <>
        <Button onClick={onBack}>{w.back}</Button>
        <Button kind="danger" onClick={onForce}>
          {w.confirmForce}
        </Button>
      </>
    );
  }
  const changes = state.phase === "done" ? countChanges(command, state.answer) : 0;
  const isDryResult = state.phase === "done" && mode === "dry" && state.answer.skipped !== true;
  return (
    <>
      {(state.phase === "done" || state.phase === "failed") && !showsForm && (
        <Button onClick={onBack}>{w.again}</Button>
      )}
      <Button onClick={onClose}>{w.close}</Button>
      {showsForm && (
        <Button kind="primary" type="submit" form={form} icon={mode === "dry" ? "eye" : "play"}>
          {w.buttons[mode]}
        </Button>
      )}
      {state.phase === "running" && (
        <Button kind="primary" busy>
          {w.running}
        </Button>
      )}
      {isDryResult && (
        <Button kind="primary" icon="play" onClick={onApply}>
          {changes > 0 ? w.applyChanges(changes) : w.apply}
        </Button>
      )}
    </>
  );
}

/** When the chosen week or month was evaluated last, in words; undefined if it was not, and for other jobs. */
function useEvaluated(command: Command, { period, timezone }: JobDetails, values: FormValues): string | undefined {
  const { language, zone } = useLocale();
  const known = useApi(
    period === null
      ? undefined
      : (client, options) =>
          client.listExecutions({ job: command, outcome: "completed", dryRun: "false", limit: 200 }, options),
    command,
  );
  const chosen = values[period ?? ""];
  const found = known.data?.items.find((execution) => startsOf(execution, period, timezone, chosen));
  return found && whenLabel(found.endedAt ?? found.startedAt, new Date(), zone, language);
}

/** Whether an execution is about the chosen period, or about the newest one. Pure. */
function startsOf(
  { scheduledFor }: Execution,
  period: JobDetails["period"],
  timezone: string,
  chosen: string | boolean | undefined,
): boolean {
  if (scheduledFor === null || period === null) return false;
  const lastDay = dateIn(timezone, new Date(Date.parse(scheduledFor) - 1));
  if (typeof chosen !== "string" || chosen === "") return isNewest(lastDay, period, dateIn(timezone, new Date()));
  if (period === "month") return lastDay.startsWith(chosen);
  return lastDay >= chosen && Date.parse(lastDay) - Date.parse(chosen) < WEEK_MS;
}

const WEEK_MS = 7 * 86_400_000;

/** Whether a period that ended with a day is the newest that has ended. Pure. */
function isNewest(lastDay: string, period: "week" | "month", today: string): boolean {
  if (period === "week") return lastDay < today && Date.parse(today) - Date.parse(lastDay) <= WEEK_MS;
  const [year, month] = today.split("-").map(Number) as [number, number];
  return lastDay.startsWith(new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, 7));
}
