import { createConfig, lintFromString } from "@redocly/openapi-core";
import type { Document } from "../../lib/http/openapi/types.ts";
import { untypedParts } from "./untyped-parts.ts";

/**
 * Says where the document breaks one of Redocly's recommended rules, where a parameter has no description, and where a generated
 * client would not know a type.
 */
export async function documentProblems(document: Document): Promise<string[]> {
  const config = await createConfig({ extends: ["recommended"], rules: { "parameter-description": "error" } });
  const broken = await lintFromString({ source: JSON.stringify(document), config });
  return [
    ...broken.map(({ ruleId, message, location }) => `${ruleId} at ${location[0]?.pointer}: ${message}`),
    ...(await untypedParts(document)),
  ];
}
