import type * as z from "zod";
import type { Handler } from "../handler.ts";

/** The secrets that open endpoints (domain, section 9), by the names that the API's document has for them. */
export type Secret = "cronSecret" | "adminToken" | "userToken" | "siteWriteKey" | "siteReadKey" | "cancelToken";

/** What a status means, where a sentence alone does not say it. */
export interface ResponseDescription {
  about: string;
  /** `application/json` unless it says otherwise. */
  type?: string;
  schema?: z.ZodType;
  example?: unknown;
}

/** What whoever calls a method of an endpoint has to know. The API's document is made of these (openapi.ts). */
export interface Description {
  /** What it does, in one sentence. */
  summary: string;
  /** What opens it, any one of them; nothing where everybody may call. */
  security: readonly Secret[];
  /** What it is parsed with. */
  path?: z.ZodType | undefined;
  query?: z.ZodType | undefined;
  body?: z.ZodType | undefined;
  headers?: z.ZodType | undefined;
  /** By which types a body may call itself: `application/json`, unless it says otherwise. */
  bodyTypes?: readonly string[];
  /** A body that is taken. */
  example?: unknown;
  /** A query that is taken, beyond what the parameters' own examples make. */
  asked?: Readonly<Record<string, string>>;
  /** What its own answers mean, by status. Those that many share are known from all the rest. */
  answers?: Readonly<Record<number, string | ResponseDescription>>;
}

const DESCRIPTIONS = new WeakMap<Handler, Description>();

/** Notes what is to be known of a handler; nothing is made of it before somebody asks. */
export function describe(handler: Handler, description: Description): Handler {
  DESCRIPTIONS.set(handler, description);
  return handler;
}

/** What was noted of a handler; undefined for one that only refuses. */
export const descriptionOf = (handler: Handler): Description | undefined => DESCRIPTIONS.get(handler);
