import { config } from "../../lib/config.ts";
import { SCHEDULES, type Schedule } from "../../lib/jobs/schedule.ts";
import { log } from "../../lib/log.ts";
import { asPlatform } from "../../lib/serve/answer.ts";
import { fireCrons } from "../../lib/serve/crons.ts";
import { listen } from "../../lib/serve/listen.ts";

/** A process that serves as `npm run serve` does, with a cron that fires every second, which vercel.json could not have. */
const EVERY_SECOND: Schedule = { path: "/api/v1/track/process", expression: "* * * * * *" };
(SCHEDULES as Schedule[]).push(EVERY_SECOND); // a job believes only crons of its own
const server = await listen("127.0.0.1", 0, asPlatform());
fireCrons(server.url, config().cronSecret ?? "", [EVERY_SECOND]);
log("info", "listening", { url: server.url });
