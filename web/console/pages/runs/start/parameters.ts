import type { JobParameter, JsonValue } from "../../../../client/generated/types.ts";

/** The values of the form by parameter: texts and flags. An empty text is not sent. */
export type FormValues = Readonly<Record<string, string | boolean>>;

/** How a run is started. */
export type Mode = "dry" | "run" | "force";

/** The modes that a job has: only some have dry runs, and only some can be forced. Pure. */
export function modesOf(parameters: readonly JobParameter[]): Mode[] {
  const has = (name: string) => parameters.some((parameter) => parameter.name === name);
  return [...(has("dryRun") ? (["dry"] as const) : []), "run", ...(has("force") ? (["force"] as const) : [])];
}

/** The parameters that the form shows; the mode decides the others. */
export const fieldsOf = (parameters: readonly JobParameter[]): JobParameter[] =>
  parameters.filter(({ name }) => name !== "dryRun" && name !== "force");

/** The parameters to send. Pure. */
export function parametersOf(
  values: FormValues,
  mode: Mode,
  parameters: readonly JobParameter[],
): Record<string, JsonValue> {
  const sent = fieldsOf(parameters).flatMap(({ name, type }): [string, string | number | boolean][] => {
    const value = values[name];
    if (value === undefined || value === "" || value === false) return [];
    return [[name, type === "number" ? Number(value) : value]];
  });
  return {
    ...Object.fromEntries(sent),
    ...(mode === "dry" && { dryRun: true }),
    ...(mode === "force" && { force: true }),
  };
}
