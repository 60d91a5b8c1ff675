import { globSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { configure } from "../../../lib/config/config.ts";
import type { Endpoint } from "../../../lib/http/respond.ts";
import { oneFunction } from "../../../lib/server/one-function.ts";

const files = globSync("api/**/*.ts", { exclude: ["api/not-found.ts"] }).sort();
const all = oneFunction(
  Object.fromEntries(files.map((file) => [file, () => import(join(process.cwd(), file)) as Promise<Endpoint>])),
);

describe("all functions behind one", () => {
  it.each(files)("answer for %s", async (file) => {
    configure({});
    const path = `/${file.replace(/\.ts$/, "").replace(/\[\w+\]/g, "7")}`;
    const response = await all.OPTIONS(new Request(`https://taktwerk.example${path}`, { method: "OPTIONS" }));
    expect([204, 405]).toContain(response.status);
    expect(response.headers.get("allow")).toMatch(/GET|POST|PATCH/);
  });

  it.each(["/api", "/api/nothing", "/api/_hidden", "/api/bookings/7/nothing"])("know nothing at %s", async (path) => {
    const response = await all.GET(new Request(`https://taktwerk.example${path}`));
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ status: "error", error: { code: "not-found" } });
  });
});
