import { startPostgres } from "../../test/servers/postgres.ts";
import { createDatabase } from "../../test/support/database/databases.ts";
import { startTarget } from "../../test/support/fuzz/fuzz-run.ts";
import { verdict } from "../support.ts";

/** How many, and what they follow from. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 1_000_000);
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000_000);

/** How fast the disk is does not matter here. */
const SETTINGS = ["max_connections=600", "fsync=off", "full_page_writes=off", "synchronous_commit=off"];

/** As long as there is something to warm up: caches, pools, what is compiled. */
const WARM_SHARE = 0.2;

/**
 * Requests made of the API's document, in good faith and in none, to the built functions: what no answer may be, and what the
 * functions hold once they have answered. Wants `npm run build:platform` first.
 */
export async function fuzzBench(): Promise<void> {
  console.log(`${REQUESTS} requests, FUZZ_SEED=${SEED}`);
  const server = await startPostgres(SETTINGS);
  const target = await startTarget(await createDatabase(server.url));
  try {
    const start = performance.now();
    const told = setInterval(() => console.log(`${target.sent()} sent`), 60_000);
    const warm = Math.round(REQUESTS * WARM_SHARE);
    const first = await target.fuzz(warm, SEED);
    const before = await target.heap();
    const rest = await target.fuzz(REQUESTS - warm, SEED + warm);
    const after = await target.heap();
    clearInterval(told);
    const seconds = (performance.now() - start) / 1000;
    const answers = new Map<string, number>();
    for (const [status, count] of [first, rest].flatMap(({ statuses }) => Object.entries(statuses))) {
      answers.set(status, (answers.get(status) ?? 0) + count);
    }
    const total = [...answers.values()].reduce((sum, count) => sum + count, 0);
    console.log(`${(total / seconds).toFixed(0)} requests a second; answers by status:`, Object.fromEntries(answers));
    const findings = [...first.findings, ...rest.findings];
    const faults = [...first.faults, ...rest.faults];
    for (const finding of findings) console.log(JSON.stringify(finding));
    for (const fault of faults) console.log(fault);
    verdict("answers that should not be", findings.length, { atMost: 0 });
    verdict("uncaught faults", faults.length, { atMost: 0 });
    verdict("memory at the end against that after a fifth", after / before, { atMost: 1.5 });
  } finally {
    await target.close();
    await server.stop();
  }
}
