import { inArray, sql } from "drizzle-orm";
import * as z from "zod";
import { type Db, json, rows } from "../../db/db.ts";
import { BATCH_ANSWERS, type Batch, envelope, takeBatch } from "../../http/batch.ts";
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

/** A user as the platform hands them over; what an item leaves out stays as it is. */
const own = {
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
  ...own,
  email: email.nullable().optional(),
  isActive: z.boolean().optional(),
});
/** The platform owns accounts: a user's own token changes neither address nor whether they are active. */
const operatorsOnly = z.undefined({ error: "nothing, as only ADMIN_TOKEN sets it" }).optional();
const ownItem = z.strictObject({ ...own, email: operatorsOnly, isActive: operatorsOnly });

type UserItem = z.infer<typeof userItem>;

const idOf = (user: { id: string }): string => user.id;

/** `/api/sport/users`: POST creates and updates, DELETE erases with everything derived. */
export const usersRoute = defineRoute({
  POST: method({
    summary: "Creates and updates users; a user's own token changes that user, but neither address nor activity.",
    security: ["adminToken", "userToken"],
    example: { users: [{ id: "member-001", firstName: "Ada", language: "en" }] },
    answers: BATCH_ANSWERS,
    body: envelope("users", userItem),
    handle: ({ db, caller, body }) => {
      const schema: z.ZodType<UserItem> = caller.role === "admin" ? userItem : ownItem;
      return takeBatch(db, body.users, schema, idOf, async (tx, batch) => {
        for (const { value } of batch.items) requireSelf(caller, value.id);
        await saveUsers(tx, batch, caller.role === "admin");
      });
    },
  }),
  DELETE: method({
    summary: "Erases users with all that was derived of them.",
    example: { users: [{ id: "member-001" }] },
    answers: BATCH_ANSWERS,
    body: envelope("users", z.strictObject({ id })),
    handle: ({ db, body, now }) => {
      return takeBatch(db, body.users, z.strictObject({ id }), idOf, (tx, batch) => deleteUsers(tx, batch, now));
    },
  }),
});

async function saveUsers(tx: Db, batch: Batch<UserItem>, mayCreate: boolean): Promise<void> {
  const ids = batch.items.map(({ value }) => value.id);
  const existing = await tx.select().from(users).where(inArray(users.id, ids)).orderBy(users.id).for("update");
  const before = new Map(existing.map((user) => [user.id, user]));
  if (!mayCreate) {
    batch.reject(({ id }) =>
      before.has(id)
        ? undefined
        : { code: "unknown-user", field: "id", expected: "a user the platform has created", got: id },
    );
  }
  const merged = batch.items.map(({ value }) => ({ ...DEFAULTS, ...before.get(value.id), ...value }));
  const written = await upsert(tx, merged);
  for (const item of batch.items) {
    const known = before.has(item.value.id);
    batch.settle(item, !known ? "created" : written.has(item.value.id) ? "updated" : "unchanged");
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

/** Writes whole users; those that would not change are left alone. @returns the ids that were written. */
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
