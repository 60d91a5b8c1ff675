import { runCommandLine } from "../lib/cli/main.ts";
import { localDefaults } from "./local-defaults.ts";

/** `npm run cli`: the command line. On the embedded database it uses the same settings and stand-ins as `npm start`. */
await runCommandLine(process.argv.slice(2), {
  defaults: localDefaults,
  openStandIns: async (settings, db) => (await import("./stand-ins.ts")).openStandIns(settings, db),
});
