import { type JsonSchema, jsonSchemaOf } from "../../http/json-schema.ts";
import type { Job } from "../job.ts";
import { jobParameters } from "./run-job.ts";

/** `choice`: one of a list. `id`: the id of something that the database has. */
export const PARAMETER_TYPES = ["flag", "number", "date", "month", "choice", "id"] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];

/** The JSON schemas of a job's parameters by their names. One that the API's document names is referred to there. */
export function parameterSchemas(job: Job): Record<string, JsonSchema> {
  const { properties, $defs = {} } = jsonSchemaOf(jobParameters(job)) as Record<string, Record<string, JsonSchema>>;
  const resolved = Object.entries(properties ?? {}).map(([name, { $ref, ...schema }]) => {
    return [name, { ...$defs[String($ref).split("/").at(-1) ?? ""], ...schema }];
  });
  return Object.fromEntries(resolved);
}

/** What kind of value a parameter takes, for a form or a command line. */
export function parameterType({ type, format, examples, enum: choices }: JsonSchema): ParameterType {
  if (type === "boolean") return "flag";
  if (type === "integer") return "number";
  if (format === "date") return "date";
  if (choices !== undefined) return "choice";
  return Array.isArray(examples) && /^\d{4}-\d\d$/.test(String(examples[0])) ? "month" : "id";
}
