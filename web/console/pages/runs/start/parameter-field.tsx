import type { JSX } from "preact";
import type { JobParameter } from "../../../../client/generated/types.ts";
import { Checkbox } from "../../../ui/form/choices.tsx";
import { DateInput } from "../../../ui/form/date-input.tsx";
import { type Option, Select } from "../../../ui/form/select.tsx";
import { TextInput } from "../../../ui/form/text-input.tsx";
import { useLocale, useWords } from "../../../ui/locale.tsx";
import { words as runsWords } from "../words.ts";
import { recentMonths, recentWeeks } from "./period-options.ts";
import { words } from "./words.ts";

interface Props {
  parameter: JobParameter;
  value: string | boolean;
  onChange: (value: string | boolean) => void;
  /** The zone of weeks and months. */
  zone: string;
  hint?: string | undefined;
  /** What the server said of the value. */
  error?: string | undefined;
}

/** The control for one parameter of a job, by its type. */
export function ParameterField({ parameter, value, onChange, zone, hint, error }: Props): JSX.Element {
  const w = useWords(words);
  const { language } = useLocale();
  const label = useWords(runsWords).parameters[parameter.name] ?? parameter.name;
  const { name, type, minimum, maximum, choices } = parameter;
  if (type === "flag") return <Checkbox label={label} checked={value === true} onChange={onChange} name={name} />;
  const shared = { label, value: String(value || ""), onChange, error, name, hint };
  if (name === "week") {
    const options: Option<string>[] = [["", w.latest], ...recentWeeks(new Date(), zone, language)];
    return <Select {...shared} options={options} />;
  }
  if (type === "month") {
    const options: Option<string>[] = [["", w.latest], ...recentMonths(new Date(), zone, language)];
    return <Select {...shared} options={options} />;
  }
  if (type === "date") return <DateInput {...shared} optional />;
  if (choices !== null) {
    const none = type === "choice" ? w.anyChoice : w.anyId;
    return <Select {...shared} options={[["", none], ...choices.map((one) => [one.value, one.name] as const)]} />;
  }
  if (type === "number") {
    const bounds = [minimum ?? Number.MIN_SAFE_INTEGER, maximum ?? Number.MAX_SAFE_INTEGER] as const;
    return (
      <TextInput
        {...shared}
        optional
        inputMode="numeric"
        placeholder={typeof parameter.default === "number" ? String(parameter.default) : undefined}
        hint={hint ?? (minimum !== null && maximum !== null ? w.numberHint(minimum, maximum) : undefined)}
        check={(text) => (isWhole(text, ...bounds) ? undefined : w.numberWrong(...bounds))}
      />
    );
  }
  return <TextInput {...shared} optional />;
}

const isWhole = (text: string, minimum: number, maximum: number): boolean =>
  text === "" || (/^\d+$/.test(text.trim()) && Number(text) >= minimum && Number(text) <= maximum);
