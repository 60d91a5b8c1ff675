import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Db, rows } from "../../db/db.ts";
import { PARAMETER_TYPES, parameterSchemas, parameterType } from "../../jobs/endpoint/parameter-schemas.ts";
import type { Job } from "../../jobs/job.ts";

/** The parameters of a job, as a form needs them. The rules themselves are in the job's own schema. */

const choice = z
  .object({ value: z.string(), name: z.string() })
  .meta({ id: "JobChoice", description: "A value of a parameter, and its name for people." });

export const jobParameter = z
  .object({
    name: z.string(),
    type: z
      .enum(PARAMETER_TYPES)
      .meta({ description: "`choice`: one of `choices`. `id`: an id; `choices` has those of the database." }),
    many: z.boolean().meta({ description: "Whether a list of values is accepted too." }),
    minimum: z.int().nullable(),
    maximum: z.int().nullable(),
    default: z.union([z.boolean(), z.int()]).nullable().meta({ description: "Used if the parameter is not given." }),
    choices: z.array(choice).nullable().meta({ description: "At most 500; null if any value of the type is allowed." }),
  })
  .meta({ id: "JobParameter", description: "A parameter of a job." });

export type JobParameter = z.output<typeof jobParameter>;

const MOST_CHOICES = 500;

/** Where the ids of a parameter come from. */
const IDS: Readonly<Record<string, (db: Db) => Promise<z.output<typeof choice>[]>>> = {
  providerId: (db) => rows(db, sql`select id as value, name from providers order by name, id limit ${MOST_CHOICES}`),
  serviceId: (db) => rows(db, sql`select id as value, name from services order by name, id limit ${MOST_CHOICES}`),
  customerId: (db) =>
    rows(db, sql`select customer_id as value, customer_id as name from sites order by 1 limit ${MOST_CHOICES}`),
};

/** Describes the parameters of a job in their order. */
export function describeParameters(db: Db, job: Job): Promise<JobParameter[]> {
  const described = Object.entries(parameterSchemas(job)).map(async ([name, schema]): Promise<JobParameter> => {
    const { minimum, maximum, default: standard, enum: values, anyOf } = schema;
    const named = Array.isArray(values) ? values.map((value) => ({ value: String(value), name: String(value) })) : null;
    return {
      name,
      type: parameterType(schema),
      many: Array.isArray(anyOf) && anyOf.some((one) => (one as { type?: string }).type === "array"),
      minimum: typeof minimum === "number" ? minimum : null,
      maximum: typeof maximum === "number" ? maximum : null,
      default: typeof standard === "number" || typeof standard === "boolean" ? standard : null,
      choices: named ?? (await IDS[name]?.(db)) ?? null,
    };
  });
  return Promise.all(described);
}
