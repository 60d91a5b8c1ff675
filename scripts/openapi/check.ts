import { createConfig, lintFromString } from "@redocly/openapi-core";
import { openApiDocument } from "../openapi.ts";
import { untypedParts } from "./untyped-parts.ts";

/**
 * Part of `npm run check`: fails if the OpenAPI document breaks one of Redocly's recommended rules, or if a generated client
 * would not know a type.
 */
async function main(): Promise<void> {
  const document = await openApiDocument();
  const source = JSON.stringify(document);
  const problems = await lintFromString({ source, config: await createConfig({ extends: ["recommended"] }) });
  const findings = [
    ...problems.map(({ ruleId, message, location }) => `${ruleId} at ${location[0]?.pointer}: ${message}`),
    ...(await untypedParts(document)),
  ];
  for (const finding of findings) console.error(`OpenAPI document: ${finding}`);
  if (findings.length > 0) process.exitCode = 1;
}

await main();
