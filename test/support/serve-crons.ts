import { config } from "../../lib/config.ts";
import { asPlatform } from "../../lib/serve/answer.ts";
import { fireCrons } from "../../lib/serve/crons.ts";
import { listen } from "../../lib/serve/listen.ts";

/** A process that serves as `npm run serve` does, with a cron that fires every second. */
const server = await listen("127.0.0.1", 0, asPlatform());
fireCrons(server.url, config().cronSecret ?? "", [{ path: "/api/v1/track/process", expression: "* * * * * *" }]);
