import { config } from "../config/config.ts";
import { closeDatabase } from "../db/client.ts";
import { AppError, describeError } from "../errors.ts";
import { backgroundWork } from "../http/background.ts";
import { closeRedis } from "../http/rate-limit/redis.ts";
import { stopRuns } from "../jobs/stopping.ts";
import { log } from "../log.ts";
import { useProxy } from "../network/proxy.ts";
import { fireCrons } from "./crons.ts";
import { filesIn } from "./files.ts";
import { type Listening, listen } from "./listen.ts";
import { pagePaths } from "./page-paths.ts";
import { asPlatform } from "./platform-headers.ts";

/** How long active work may take after the process is told to end. Then its leases end, and other processes take over. */
const SHUTDOWN_MS = 30_000;

/**
 * `npm run serve`: the functions, the files of `public/` and the crons of `vercel.json` in one process that stays. Any number
 * of them may run side by side on one database: each fires every cron, and the ledger lets one of them run it.
 */
async function main(): Promise<void> {
  const { cronSecret, databaseUrl, host, port, trustedProxies } = config();
  for (const [name, value] of Object.entries({ DATABASE_URL: databaseUrl, CRON_SECRET: cronSecret })) {
    if (value === undefined) throw new AppError("misconfigured", `${name}: expected to be set, got nothing`);
  }
  useProxy();
  const server = await listen(host, port, asPlatform(), {
    proxies: trustedProxies,
    before: [pagePaths, filesIn("public")],
  });
  const stopCrons = fireCrons(server.url, cronSecret ?? "");
  log("info", "serving", { url: server.url, pid: process.pid });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (ending) process.exit(1); // told twice
      ending = true;
      stopCrons();
      end(server, signal).then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

let ending = false;

/** Stops accepting requests, pauses runs, finishes responses and closes connections. */
async function end(server: Listening, signal: string): Promise<void> {
  log("info", "stopping", { signal, pid: process.pid });
  setTimeout(() => {
    log("warn", "stopped_with_work_left", { afterMs: SHUTDOWN_MS });
    process.exit(1);
  }, SHUTDOWN_MS).unref();
  stopRuns();
  await server.close();
  await backgroundWork();
  await closeRedis();
  await closeDatabase();
  log("info", "stopped", { pid: process.pid });
}

main().catch((error: unknown) => {
  const { code, message } = describeError(error);
  console.error(message);
  process.exit(code === "misconfigured" ? 2 : 1);
});
