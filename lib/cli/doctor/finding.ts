import { config } from "../../config/config.ts";
import { describeError } from "../../errors.ts";

/** What a check found. */
export interface Result {
  /** `off`: an optional part that this deployment does not use. */
  status: "pass" | "off" | "warn" | "fail";
  /** The finding in one sentence. */
  says: string;
  /** What to do about it. */
  remedy?: string;
}

/** A result with the name of its check. */
export interface Finding extends Result {
  check: string;
}

/** A check and its name. It may return several results, and none if it does not apply. */
export interface Check {
  name: string;
  run(now: () => Date): Promise<Result[]>;
}

export const pass = (says: string): Result => ({ status: "pass", says });
export const off = (says: string, remedy: string): Result => ({ status: "off", says, remedy });
export const warn = (says: string, remedy: string): Result => ({ status: "warn", says, remedy });
export const fail = (says: string, remedy: string): Result => ({ status: "fail", says, remedy });

/** A setting that production needs and other deployments can do without: a failure there, a warning elsewhere. */
export const lacking = (says: string, remedy: string): Result =>
  config().production ? fail(says, remedy) : warn(says, remedy);

/** A check that takes longer fails, so that it does not hold up the others. */
const CHECK_MS = 20_000;

/** Runs one check. Never throws: an error of the check becomes a finding. */
export async function runCheck({ name, run }: Check, now: () => Date): Promise<Finding[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Result[]>((resolve) => {
    const result = fail(`no answer within ${CHECK_MS / 1000} s`, "check that it can be reached from here");
    timer = setTimeout(() => resolve([result]), CHECK_MS);
  });
  try {
    const results = await Promise.race([run(now), late]);
    return results.map((result) => ({ check: name, ...result }));
  } catch (error) {
    const { code, message } = describeError(error);
    return [{ check: name, ...fail(`the check itself failed (${code}: ${message})`, "report it with this sentence") }];
  } finally {
    clearTimeout(timer);
  }
}
