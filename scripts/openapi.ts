import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Description, descriptionOf } from "../lib/http/openapi/describe.ts";
import { type DescribedFunction, type Document, openApi } from "../lib/http/openapi/document.ts";
import type { Endpoint } from "../lib/http/respond.ts";

/** Builds the OpenAPI 3.1 document from the descriptions of all functions under `api/`. */
export async function openApiDocument(): Promise<Document> {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  const files = globSync("api/**/*.ts").sort();
  const functions = await Promise.all(files.map(describedFunction));
  return openApi(functions.filter(isDescribed), version);
}

/** The function that answers 404 has no description. */
const isDescribed = ({ methods }: DescribedFunction): boolean => Object.keys(methods).length > 0;

async function describedFunction(file: string): Promise<DescribedFunction> {
  const served = (await import(pathToFileURL(resolve(file)).href)) as Endpoint;
  const described = Object.entries(served).flatMap(([method, handler]): [string, Description][] => {
    const description = descriptionOf(handler);
    return description === undefined ? [] : [[method, description]];
  });
  return { path: `/${file.replace(/\.ts$/, "")}`, methods: Object.fromEntries(described) };
}

/** Writes the document as a file, so that no function has to build it. */
export async function writeOpenApi(directory: string): Promise<void> {
  const file = join(directory, "api/openapi.json");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(await openApiDocument()));
}
