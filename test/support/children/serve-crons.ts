import { config } from "../../../lib/config/config.ts";
import { SCHEDULES, type Schedule } from "../../../lib/jobs/schedule.ts";
import { log } from "../../../lib/log.ts";
import { fireCrons } from "../../../lib/server/crons.ts";
import { listen } from "../../../lib/server/listen.ts";
import { asPlatform } from "../../../lib/server/platform-headers.ts";

/** A process that serves as `npm run serve` does, with a cron that fires every second, which vercel.json could not have. */
const EVERY_SECOND: Schedule = { path: "/api/v1/track/process", expression: "* * * * * *" };
(SCHEDULES as Schedule[]).push(EVERY_SECOND); // a job believes only crons of its own
const server = await listen("127.0.0.1", 0, asPlatform());
fireCrons(server.url, config().cronSecret ?? "", [EVERY_SECOND]);
log("info", "listening", { url: server.url });
