import { configure } from "../../lib/config.ts";
import type { Db } from "../../lib/db/db.ts";
import { openPostgres } from "../../lib/db/postgres.ts";
import { redirectLog } from "../../lib/log.ts";
import { SETTINGS } from "./club-settings.ts";
import type { Blow } from "./evaluation-process.ts";
import { fireMonthly } from "./invoke-monthly.ts";
import { fireWeekly } from "./invoke-weekly.ts";

/** An evaluation in a process of its own, which deals itself a blow (evaluation-process.ts). */
const [kind, date, url = "", now = "", blowText = "null"] = process.argv.slice(2);
const blow = JSON.parse(blowText) as Blow | null;
redirectLog(() => {});
configure(SETTINGS);
const connection = openPostgres(url);

let commits = 0;
let steps = 0;

/** The blow falls where asked; a stopped process says so first. */
function fall(): void {
  if (blow?.signal === "SIGSTOP") process.stdout.write("STOPPED\n", () => process.kill(process.pid, "SIGSTOP"));
  else process.kill(process.pid, "SIGKILL");
}

const begin = connection.db.transaction.bind(connection.db);
connection.db.transaction = ((work: (tx: Db) => Promise<unknown>) =>
  begin(async (tx) => {
    const result = await work(tx);
    commits += 1;
    if (blow?.moment === "before-commit" && commits === blow.step) {
      fall();
      await new Promise((resolve) => setTimeout(resolve, 50)); // the signal needs a turn to arrive
    }
    return result;
  })) as typeof connection.db.transaction;

const report = await (kind === "month" ? fireMonthly : fireWeekly)(
  connection.db,
  now,
  { date },
  {
    clock: Date.now,
    onProgress: () => {
      steps += 1;
      if (blow?.moment === "after-commit" && steps === blow.step) fall();
    },
  },
);
await connection.close();
console.log(`OUTCOME ${report.main.outcome.status}`);
