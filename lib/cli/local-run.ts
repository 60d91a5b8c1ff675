import type { Environment } from "../config/config.ts";
import { config, configure, environment } from "../config/config.ts";
import type { Db } from "../db/db.ts";

/**
 * What `npm start` and the command line share on the embedded database. `dev/cli.ts` passes it in, because nothing in
 * `lib/` may import `dev/`. A deployment never uses it.
 */
export interface LocalRun {
  /** Settings that `npm start` adds if the environment sets none. */
  defaults(environment: Environment): Environment;
  /**
   * Starts the built-in mail server and the stand-in for Google Calendar where none is set up.
   * @param settings The settings of this process; the stand-ins add their addresses to them.
   * @returns a function that closes them.
   */
  openStandIns(settings: Environment, db: Db): Promise<() => Promise<void>>;
}

/** Whether this process works on the embedded database. */
export const isEmbedded = (): boolean => config().databaseUrl === undefined && !config().onVercel;

/**
 * Configures this process from the environment. On the embedded database it adds the defaults of `npm start`; in a
 * terminal it shows warnings and errors only.
 * @returns the settings it used. @throws AppError `misconfigured`.
 */
export function applySettings(local: LocalRun | undefined): Environment {
  const set = Object.fromEntries(Object.entries(environment()).filter(([, value]) => value?.trim()));
  const terminal = process.stderr.isTTY ? { LOG_LEVEL: "warn", LOG_FORMAT: "pretty" } : {};
  configure({ ...terminal, ...set });
  const settings = { ...terminal, ...(isEmbedded() && local?.defaults(set)), ...set };
  configure(settings);
  return settings;
}
