import { inArray, sql } from "drizzle-orm";
import * as z from "zod";
import { type Db, json, rows } from "../../db/db.ts";
import { admins, userOrStaff } from "../../http/access.ts";
import { type Batch, envelope, processBatch } from "../../http/batch.ts";
import { requireSelf } from "../../http/caller.ts";
import { amount, email, id, jsonObject, line } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import { batchResponses, batchResult } from "../../http/responses/batch-result.ts";
import { jsonValue, sentJsonObject } from "../../http/responses/fields.ts";
import { LANGUAGES } from "../../users/languages.ts";
import { users } from "../../users/schema.ts";
import { eraseUsers } from "../erase.ts";
import { MEASURES } from "./points.ts";

const goal = z
  .object({
    exerciseId: id,
    target: amount(0.000001, 10_000_000).meta({
      description: "Repetitions, minutes, or a distance in the user's unit (`preferences.distanceUnit`).",
    }),
    unit: z.enum(MEASURES),
  })
  .catchall(jsonValue)
  .meta({ id: "ExerciseGoal", description: "The amount of an exercise that a user wants to do in a week." });

const goals = z
  .object({
    points: z
      .object({ target: amount(1, 10_000_000) })
      .catchall(jsonValue)
      .optional()
      .meta({ description: "The points of a week; without it, the default for all users counts." }),
    exercises: z.array(goal).max(50, { error: "a list of at most 50 goals" }).optional(),
  })
  .catchall(jsonValue)
  .meta({
    id: "WeeklyGoals",
    description: "A user's own goals. The exercise goal of a week is to reach all of `exercises`.",
  });

/** The fields that users may set for themselves. Fields that an item leaves out keep their values. */
const ownFields = {
  id: id.meta({ description: "The platform's id of the user." }),
  firstName: line(100).nullable().optional(),
  nickname: line(100).nullable().optional().meta({ description: "Rankings show it, otherwise the first name." }),
  language: z.enum(LANGUAGES).optional(),
  preferences: jsonObject.optional(),
  weeklyGoals: jsonObject.pipe(goals).optional(),
  showInGlobalRankings: z
    .boolean()
    .optional()
    .meta({ description: "A user who hides leaves all global rankings at once. By default true." }),
  bodyWeightKg: amount(20, 500)
    .nullable()
    .optional()
    .meta({ description: "In kg. Points for extra weight depend on it." }),
};
const userItem = z.strictObject({
  ...ownFields,
  email: email.nullable().optional().meta({ description: "Where summaries are sent; null for none." }),
  isActive: z.boolean().optional().meta({ description: "An inactive user gets no results. By default true." }),
});
/** The platform owns accounts, so a user's token changes neither the email address nor `isActive`. */
const notOwn = z.undefined({ error: "nothing, as only ADMIN_TOKEN sets it" }).optional();
const ownItem = z.strictObject({ ...ownFields, email: notOwn, isActive: notOwn });

const userInput = userItem
  .extend({
    preferences: sentJsonObject.optional().meta({
      description:
        "At most 16 KB. Taktwerk reads `distanceUnit` (`km` or `mi`) and `notifications.email` (`false`: no summaries by email).",
    }),
    weeklyGoals: goals.optional(),
  })
  .meta({
    id: "UserInput",
    description: "A user. Fields that are left out keep their values; those of a new user get defaults.",
  });
const userKey = z.strictObject({ id }).meta({ id: "UserKey", description: "Names a user." });

type UserItem = z.infer<typeof userItem>;

const idOf = (user: { id: string }): string => user.id;

export const saveUsers = operation({
  id: "saveUsers",
  method: "POST",
  path: "/api/sport/users",
  access: userOrStaff,
  summary: "Creates and updates users.",
  description:
    "Fields that an item leaves out keep their values. A user's own token changes only that user, creates none, and changes neither `email` nor `isActive`.",
  example: { users: [{ id: "member-001", firstName: "Ada", language: "en" }] },
  body: envelope("users", userInput, "UserBatch"),
  responses: batchResponses(batchResult),
  handle: ({ db, caller, body }) => {
    const schema: z.ZodType<UserItem> = caller.kind === "operator" ? userItem : ownItem;
    return processBatch(db, body.users, schema, idOf, async (tx, batch) => {
      for (const { value } of batch.items) requireSelf(caller, value.id);
      await writeUsers(tx, batch, caller.kind === "operator");
    });
  },
});

export const deleteUsers = operation({
  id: "deleteUsers",
  method: "DELETE",
  path: "/api/sport/users",
  access: admins,
  summary: "Erases users with all their data and results.",
  example: { users: [{ id: "member-001" }] },
  body: envelope("users", userKey, "UserKeyBatch"),
  responses: batchResponses(batchResult),
  handle: ({ db, body, now }) => processBatch(db, body.users, userKey, idOf, (tx, batch) => eraseBatch(tx, batch, now)),
});

async function writeUsers(tx: Db, batch: Batch<UserItem>, mayCreate: boolean): Promise<void> {
  const ids = batch.items.map(({ value }) => value.id);
  const existing = await tx.select().from(users).where(inArray(users.id, ids)).orderBy(users.id).for("update");
  const byId = new Map(existing.map((user) => [user.id, user]));
  if (!mayCreate) {
    batch.reject(({ id }) =>
      byId.has(id)
        ? undefined
        : { code: "unknown-user", field: "id", expected: "a user the platform has created", got: id },
    );
  }
  const merged = batch.items.map(({ value }) => ({ ...DEFAULTS, ...byId.get(value.id), ...value }));
  const written = await upsert(tx, merged);
  for (const item of batch.items) {
    const existed = byId.has(item.value.id);
    batch.settle(item, !existed ? "created" : written.has(item.value.id) ? "updated" : "unchanged");
  }
}

async function eraseBatch(tx: Db, batch: Batch<{ id: string }>, now: Date): Promise<void> {
  const ids = batch.items.map(({ value }) => value.id);
  const deleted = (await eraseUsers(tx, ids, now)).ids;
  for (const item of batch.items) batch.settle(item, deleted.has(item.value.id) ? "deleted" : "not-found");
}

const DEFAULTS = {
  email: null,
  firstName: null,
  nickname: null,
  language: "de",
  preferences: {},
  weeklyGoals: {},
  showInGlobalRankings: true,
  bodyWeightKg: null,
  isActive: true,
};

/** Writes users with all their fields. Users that would not change are not written. @returns the ids of the written ones. */
async function upsert(tx: Db, merged: object[]): Promise<Set<string>> {
  if (merged.length === 0) return new Set();
  const written = await rows<{ id: string }>(
    tx,
    sql`insert into users as old (id, email, first_name, nickname, language, preferences, weekly_goals,
        show_in_global_rankings, body_weight_kg, is_active)
      select id, email, "firstName", nickname, language, preferences, "weeklyGoals", "showInGlobalRankings",
        "bodyWeightKg", "isActive"
      from jsonb_to_recordset(${json(merged)}) as item (id text, email text, "firstName" text, nickname text,
        language text, preferences jsonb, "weeklyGoals" jsonb, "showInGlobalRankings" boolean, "bodyWeightKg" numeric(6, 2),
        "isActive" boolean)
      order by id collate "C"
      on conflict (id) do update set email = excluded.email, first_name = excluded.first_name,
        nickname = excluded.nickname, language = excluded.language, preferences = excluded.preferences,
        weekly_goals = excluded.weekly_goals, show_in_global_rankings = excluded.show_in_global_rankings,
        body_weight_kg = excluded.body_weight_kg, is_active = excluded.is_active
      where old is distinct from excluded
      returning id`,
  );
  return new Set(written.map((user) => user.id));
}
