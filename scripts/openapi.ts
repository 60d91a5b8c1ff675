import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Description, descriptionOf } from "../lib/http/openapi/describe.ts";
import { type DescribedFunction, type Document, openApi } from "../lib/http/openapi/document.ts";
import type { Endpoint } from "../lib/http/respond.ts";

/** The API's document (OpenAPI 3.1), from what every function under `api/` says of itself. */
export async function openApiDocument(): Promise<Document> {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  const files = globSync("api/**/*.ts").sort();
  const functions = await Promise.all(files.map(describedFunction));
  return openApi(functions.filter(isDescribed), version);
}

/** What only says that nothing is there has nothing to describe. */
const isDescribed = ({ methods }: DescribedFunction): boolean => Object.keys(methods).length > 0;

async function describedFunction(file: string): Promise<DescribedFunction> {
  const served = (await import(pathToFileURL(resolve(file)).href)) as Endpoint;
  const described = Object.entries(served).flatMap(([method, handler]): [string, Description][] => {
    const description = descriptionOf(handler);
    return description === undefined ? [] : [[method, description]];
  });
  return { path: `/${file.replace(/\.ts$/, "")}`, methods: Object.fromEntries(described) };
}

/** Writes it to where it is served as a file, so that no function has to make it. */
export async function writeOpenApi(directory: string): Promise<void> {
  const file = join(directory, "api/openapi.json");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(await openApiDocument()));
}
