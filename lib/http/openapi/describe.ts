import type * as z from "zod";
import type { Handler } from "../handler.ts";

/** The secrets that give access to endpoints (docs/domain.md, section 9), by their names in the OpenAPI document. */
export type Secret = "cronSecret" | "adminToken" | "userToken" | "siteWriteKey" | "siteReadKey" | "cancelToken";

/** The meaning of a status, if one sentence is not enough. */
export interface ResponseDescription {
  about: string;
  /** `application/json` unless it says otherwise. */
  type?: string;
  schema?: z.ZodType;
  example?: unknown;
}

/** What a client must know about a method. The OpenAPI document is built from these (document.ts). */
export interface Description {
  /** One sentence that says what the method does. */
  summary: string;
  /** The secrets of which one is required; empty for a public method. */
  security: readonly Secret[];
  /** The schemas of the input. */
  path?: z.ZodType | undefined;
  query?: z.ZodType | undefined;
  body?: z.ZodType | undefined;
  headers?: z.ZodType | undefined;
  /** The content types of the body; `application/json` by default. */
  bodyTypes?: readonly string[];
  /** An example of a valid body. */
  example?: unknown;
  /** Examples of query parameters, in addition to those of the schemas. */
  sampleQuery?: Readonly<Record<string, string>>;
  /** The method's own responses by status. Responses that many methods share follow from the other fields. */
  responses?: Readonly<Record<number, string | ResponseDescription>>;
}

const DESCRIPTIONS = new WeakMap<Handler, Description>();

/** Attaches a description to a handler. */
export function describe(handler: Handler, description: Description): Handler {
  DESCRIPTIONS.set(handler, description);
  return handler;
}

/** The description of a handler; undefined for one that only refuses requests. */
export const descriptionOf = (handler: Handler): Description | undefined => DESCRIPTIONS.get(handler);
