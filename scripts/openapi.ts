import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { allOperations } from "../lib/app/all-operations.ts";
import type { Document } from "../lib/http/openapi/types.ts";
import { openApi } from "./openapi/document.ts";

/** Builds the OpenAPI 3.1 document from the declarations of all operations. */
export async function openApiDocument(): Promise<Document> {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  return openApi(await allOperations(), version);
}

/** Writes the document as a file, so that no function has to build it. */
export async function writeOpenApi(directory: string): Promise<void> {
  const file = join(directory, "api/openapi.json");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(await openApiDocument()));
}
