import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MAX_GZIPPED, writeClient } from "../../../scripts/client.ts";
import { gzipped } from "../../../scripts/tracker.ts";

describe("the published client", () => {
  const directory = mkdtempSync(join(tmpdir(), "taktwerk-client-"));
  beforeAll(() => writeClient(directory));
  afterAll(() => rmSync(directory, { recursive: true }));

  it("has at most 4,096 bytes gzipped", () => {
    expect(MAX_GZIPPED).toBe(4096);
    expect(gzipped(readFileSync(join(directory, "client.js"), "utf8"))).toBeLessThanOrEqual(MAX_GZIPPED);
  });

  it("is a module with one method for each operation", async () => {
    const { ApiError, createClient, ...others } = await import(pathToFileURL(join(directory, "client.js")).href);
    expect(others).toEqual({});
    expect(new ApiError(0, { code: "unreachable", message: "" })).toBeInstanceOf(Error);
    expect(createClient()).toMatchObject({ listSlots: expect.any(Function), moveBooking: expect.any(Function) });
  });

  it("has types that stand alone and know inputs, answers and errors", () => {
    const uses = {
      "slots.ts": `const slots: Slot[] = (await client.listSlots({ serviceId: "a" })).items;
        const first: number | undefined = slots[0]?.id;
        export { first };`,
      "move.ts": `const { booking } = await client.moveBooking({ id: "a", body: { slotId: 1 } }, { token: "b" });
        export const day: string = booking.localStart;`,
      "errors.ts": `export const isTaken = (error: unknown) => error instanceof ApiError && error.code === "slot-full";`,
      "wrong-code.ts": `export const isTaken = (error: ApiError) => error.code === "slot-ful";`,
      "wrong-field.ts": `await client.listSlots({ service: "a" });`,
      "wrong-value.ts": `await client.moveBooking({ id: "a", body: { slotId: "1" } });`,
      "no-id.ts": "await client.getBooking({});",
      "no-input.ts": "await client.getBooking();",
    };
    expect(problemsOf(directory, uses)).toEqual([
      "no-id.ts: 2345",
      "no-input.ts: 2554",
      "wrong-code.ts: 2367",
      "wrong-field.ts: 2561",
      "wrong-value.ts: 2322",
    ]);
  });
});

/** The codes of the compiler's errors in files that use the client. */
function problemsOf(directory: string, uses: Record<string, string>): string[] {
  const files = Object.entries(uses).map(([name, code]) => {
    const head = `import { ApiError, createClient, type Slot } from "./client.js";
      const client = createClient({ baseUrl: "https://club.example" });
      export type Used = ApiError | Slot | typeof client;`;
    const file = join(directory, name);
    writeFileSync(file, `${head}\n${code}`);
    return file;
  });
  const program = ts.createProgram(files, {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipDefaultLibCheck: true,
    noEmit: true,
    types: [],
  });
  return ts.getPreEmitDiagnostics(program).map(({ code, file }) => `${basename(file?.fileName ?? "")}: ${code}`);
}
