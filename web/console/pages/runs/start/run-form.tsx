import type { JSX } from "preact";
import type { ApiError } from "../../../../client/client.ts";
import type { JobDetails } from "../../../../client/generated/types.ts";
import { RadioGroup } from "../../../ui/form/choices.tsx";
import { Form } from "../../../ui/form/form.tsx";
import { useLocale, useWords } from "../../../ui/locale.tsx";
import { ParameterField } from "./parameter-field.tsx";
import { type FormValues, fieldsOf, type Mode } from "./parameters.ts";
import { words } from "./words.ts";

interface Props {
  id: string;
  job: JobDetails;
  modes: readonly Mode[];
  mode: Mode;
  values: FormValues;
  /** When the chosen week or month was evaluated. */
  evaluated: string | undefined;
  onMode: (mode: Mode) => void;
  onEdit: (name: string, value: string | boolean) => void;
  onSubmit: () => void;
  /** What the server said of a field. */
  fault: ApiError | undefined;
}

/** The parameters of a run, and whether it is a dry run, a run, or a run again. */
export function RunForm({
  id,
  job,
  modes,
  mode,
  values,
  evaluated,
  onMode,
  onEdit,
  onSubmit,
  fault,
}: Props): JSX.Element {
  const w = useWords(words);
  const { zone } = useLocale();
  const own = fieldsOf(job.parameters);
  return (
    <Form id={id} onSubmit={onSubmit}>
      {own.map((parameter) => (
        <ParameterField
          key={parameter.name}
          parameter={parameter}
          value={values[parameter.name] ?? ""}
          onChange={(value) => onEdit(parameter.name, value)}
          zone={job.period === null ? zone : job.timezone}
          hint={parameter.name === job.period && evaluated !== undefined ? w.evaluated(evaluated) : undefined}
          error={fault?.field === parameter.name ? fault.message : undefined}
        />
      ))}
      {modes.length > 1 && (
        <div class="run-modes">
          <RadioGroup
            label={w.mode}
            value={mode}
            options={modes.map((value) => ({ value, ...w.modes[value] }))}
            onChange={onMode}
          />
        </div>
      )}
      {own.length === 0 && modes.length === 1 && <p>{w.plain}</p>}
    </Form>
  );
}
