import { Option } from "commander";
import type { JsonSchema } from "../http/json-schema.ts";
import { type ParameterType, parameterSchemas, parameterType } from "../jobs/endpoint/parameter-schemas.ts";
import type { Job, RawParameters } from "../jobs/job.ts";

/** What each parameter of a job does. The parameters themselves, their types and limits come from the job's schema. */
const DESCRIPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  weekly: {
    week: "Evaluate the week that contains this date; the last ended week by default.",
    force: "Evaluate again, even if the week is completed.",
  },
  monthly: {
    month: "Evaluate this month; the last ended month by default.",
    force: "Evaluate again, even if the month is completed.",
  },
  dispatch: { limit: "Send at most this many mails; EMAIL_DISPATCH_LIMIT by default." },
  slots: {
    daysAhead: "Plan slots up to this many days ahead.",
    providerId: "Only slots of this provider.",
    serviceId: "Only slots of this service.",
    forceCleanup: "Also remove slots that would otherwise stay until they expire.",
    verbose: "List every slot that changes.",
  },
  tracking: {
    date: "Read only this day.",
    start: "Read all days from this one; the last 14 days by default.",
    end: "Read up to this day; today by default. Needs --start.",
    force: "Read final days again, too.",
  },
  site: {
    customerId: "Only events of this site.",
    replay: "Process dead letters again first.",
    reason: "Of the dead letters, only those with this reason.",
  },
};

const DRY_RUN = "Compute everything, write nothing.";

/** The options of a job's command, one for each parameter: `daysAhead` becomes `--days-ahead`. */
export function jobOptions(job: Job): Option[] {
  const described: Record<string, string> = { dryRun: DRY_RUN, ...DESCRIPTIONS[job.command] };
  return Object.entries(parameterSchemas(job)).map(([name, schema]) => {
    const placeholder = PLACEHOLDERS[parameterType(schema)];
    const value = placeholder === "" ? "" : ` <${placeholder}>`;
    return new Option(`--${kebab(name)}${value}`, [described[name], rangeOf(schema)].filter(Boolean).join(" "));
  });
}

/** Takes the parameters of a job out of the options of its command. */
export function parametersIn(job: Job, options: Record<string, unknown>): RawParameters {
  const names = Object.keys(parameterSchemas(job)).filter((name) => options[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, options[name]]));
}

/** The arguments that give these parameters to the job's command. */
export const argumentsFor = (params: RawParameters): string[] =>
  Object.entries(params).flatMap(([name, value]) => {
    if (value === false) return [];
    return value === true ? [`--${kebab(name)}`] : [`--${kebab(name)}`, String(value)];
  });

const PLACEHOLDERS: Readonly<Record<ParameterType, string>> = {
  flag: "",
  number: "number",
  date: "YYYY-MM-DD",
  month: "YYYY-MM",
  choice: "value",
  id: "id",
};

function rangeOf({ minimum, maximum, default: standard, enum: choices, type }: JsonSchema): string {
  const notes = [
    minimum !== undefined && `${minimum} to ${maximum}`,
    Array.isArray(choices) && `one of ${choices.join(", ")}`,
    type !== "boolean" && standard !== undefined && `default ${standard}`,
  ];
  const shown = notes.filter(Boolean).join("; ");
  return shown === "" ? "" : `(${shown})`;
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
