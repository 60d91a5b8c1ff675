import { join } from "node:path";
import { inject } from "vitest";

/** What bundled-children.ts has made of a source that runs in a process of its own. */
export const bundled = (source: string): string => join(inject("bundledChildren"), source.replace(/\.ts$/, ".js"));
