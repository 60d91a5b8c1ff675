import { inArray, sql } from "drizzle-orm";
import * as z from "zod";
import { type Db, json, rows } from "../../db/db.ts";
import { BATCH_RESPONSES, type Batch, envelope, processBatch } from "../../http/batch.ts";
import { requireSelf } from "../../http/caller.ts";
import { defineRoute, method } from "../../http/define-route.ts";
import { amount, email, id, jsonObject, line } from "../../http/fields.ts";
import { users } from "../../users/schema.ts";
import { eraseUsers } from "../erase.ts";

const goals = z.looseObject({
  points: z.looseObject({ target: amount(1, 10_000_000) }).optional(),
  exercises: z
    .array(
      z.looseObject({
        exerciseId: id,
        target: amount(0.000001, 10_000_000),
        unit: z.enum(["reps", "time", "distance"]),
      }),
    )
    .max(50, { error: "a list of at most 50 goals" })
    .optional(),
});

/** The fields that users may set for themselves. Fields that an item leaves out keep their values. */
const ownFields = {
  id,
  firstName: line(100).nullable().optional(),
  nickname: line(100).nullable().optional(),
  language: z.enum(["de", "en"]).optional(),
  preferences: jsonObject.optional(),
  weeklyGoals: jsonObject.pipe(goals).optional(),
  showInGlobalRankings: z.boolean().optional(),
  bodyWeightKg: amount(20, 500).nullable().optional(),
};
const userItem = z.strictObject({
  ...ownFields,
  email: email.nullable().optional(),
  isActive: z.boolean().optional(),
});
/** The platform owns accounts, so a user's token changes neither the email address nor `isActive`. */
const adminOnly = z.undefined({ error: "nothing, as only ADMIN_TOKEN sets it" }).optional();
const ownItem = z.strictObject({ ...ownFields, email: adminOnly, isActive: adminOnly });

type UserItem = z.infer<typeof userItem>;

const idOf = (user: { id: string }): string => user.id;

/** `/api/sport/users`: POST creates and updates users, DELETE erases them with all their data. */
export const usersRoute = defineRoute({
  POST: method({
    summary:
      "Creates and updates users. A user's own token changes only that user, but neither `email` nor `isActive`.",
    security: ["adminToken", "userToken"],
    example: { users: [{ id: "member-001", firstName: "Ada", language: "en" }] },
    responses: BATCH_RESPONSES,
    body: envelope("users", userItem),
    handle: ({ db, caller, body }) => {
      const schema: z.ZodType<UserItem> = caller.role === "admin" ? userItem : ownItem;
      return processBatch(db, body.users, schema, idOf, async (tx, batch) => {
        for (const { value } of batch.items) requireSelf(caller, value.id);
        await saveUsers(tx, batch, caller.role === "admin");
      });
    },
  }),
  DELETE: method({
    summary: "Erases users with all their data and results.",
    example: { users: [{ id: "member-001" }] },
    responses: BATCH_RESPONSES,
    body: envelope("users", z.strictObject({ id })),
    handle: ({ db, body, now }) => {
      return processBatch(db, body.users, z.strictObject({ id }), idOf, (tx, batch) => deleteUsers(tx, batch, now));
    },
  }),
});

async function saveUsers(tx: Db, batch: Batch<UserItem>, mayCreate: boolean): Promise<void> {
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

async function deleteUsers(tx: Db, batch: Batch<{ id: string }>, now: Date): Promise<void> {
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
