import { expect } from "vitest";
import type { Handler } from "../../../lib/http/handler.ts";
import { CRON_SECRET, call, type Refusal } from "./requests.ts";
import { signed } from "./tokens.ts";

/** Expects that only the operator gets in; `USER_SECRET` must be among the settings. */
export async function expectOperatorOnly(handler: Handler, path: string): Promise<void> {
  expect((await call(handler, path, { token: null })).status).toBe(401);
  expect((await call(handler, path, { token: CRON_SECRET })).status).toBe(401);
  expect((await call(handler, path, { token: await signed() })).status).toBe(403);
}

/** Expects that a query is refused with the field, what was expected and what came. */
export async function expectRefused(handler: Handler, path: string, field: string, got: string): Promise<void> {
  const { status, body } = await call<Refusal>(handler, path);
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ code: "invalid-parameter", field, got, expected: expect.stringMatching(/./) });
}
