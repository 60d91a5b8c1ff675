import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { row } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/drivers/postgres.ts";
import { createBlankDatabase } from "../support/database/blank-database.ts";

const run = promisify(execFile);

describe("the build", () => {
  it.each([
    { deployment: "production", migrated: true },
    { deployment: "preview", migrated: true },
    { deployment: "development", migrated: false },
  ])("of a $deployment deployment migrates the database: $migrated", async ({ deployment, migrated }) => {
    const url = await createBlankDatabase();
    const env = { PATH: process.env.PATH ?? "", DATABASE_URL: url, VERCEL: "1", VERCEL_ENV: deployment };
    await run(process.execPath, ["-C", "source", "scripts/build.ts"], { env });
    const { db, close } = openPostgres(url);
    const { there } = await row<{ there: boolean }>(db, sql`select to_regclass('job_runs') is not null as there`);
    await close();
    expect(there).toBe(migrated);
  });
});
