import { expect } from "vitest";
import type { Handler } from "../../../lib/http/handler.ts";
import { call, type Refusal } from "./requests.ts";

/** Expects that a query is refused with the field, what was expected and what came. */
export async function expectRefused(handler: Handler, path: string, field: string, got: string): Promise<void> {
  const { status, body } = await call<Refusal>(handler, path);
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ code: "invalid-parameter", field, got, expected: expect.stringMatching(/./) });
}
