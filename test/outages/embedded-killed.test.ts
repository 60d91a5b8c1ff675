import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { rows } from "../../lib/db/db.ts";
import { openEmbedded } from "../../lib/db/drivers/embedded.ts";

describe("the embedded database", () => {
  it("is refused while another process has it open, and opens when that one has closed it", async () => {
    const directory = temporaryDirectory();
    const holder = await hold(directory);
    await expect(openEmbedded(directory)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining(`in use by process ${holder.pid} (npm start?): stop it first`),
    });
    await holder.end("SIGTERM");
    expect(await content(directory)).toEqual([{ n: 1 }]);
  });

  it("is taken over from a process that died with it open", async () => {
    const directory = temporaryDirectory();
    const holder = await hold(directory);
    await holder.end("SIGKILL");
    expect(await content(directory)).toEqual([{ n: 1 }]);
  });
});

/** Opens the embedded database in a process of its own, which stores something in it and closes it on SIGTERM. */
async function hold(directory: string) {
  const script = `
    import { openEmbedded } from "#lib/db/drivers/embedded";
    const { db, close } = await openEmbedded(${JSON.stringify(directory)});
    await db.execute("create table marks as select 1 as n");
    process.once("SIGTERM", () => close().then(() => process.exit()));
    console.log("open");`;
  const child = spawn(process.execPath, ["-C", "source", "--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
  };
  onTestFinished(() => end("SIGKILL"));
  await Promise.race([once(child.stdout, "data"), exited]);
  return { pid: child.pid, end };
}

async function content(directory: string): Promise<unknown[]> {
  const { db: embedded, close } = await openEmbedded(directory);
  return rows(embedded, sql`select n from marks`).finally(close);
}

/** A directory with a database that is migrated already: to make one from nothing takes several seconds. */
function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "taktwerk-embedded-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  mkdirSync(join(directory, "pglite"));
  execFileSync("tar", ["-xf", inject("embeddedDump"), "-C", join(directory, "pglite")], { stdio: "ignore" });
  return directory;
}
