import { openApiDocument } from "../openapi.ts";
import { documentProblems } from "./problems.ts";

/** Part of `npm run check`: prints the problems of the OpenAPI document, and fails if there are any. */
async function main(): Promise<void> {
  const problems = await documentProblems(await openApiDocument());
  for (const problem of problems) console.error(`OpenAPI document: ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}

await main();
