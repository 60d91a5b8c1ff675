import { describeError } from "../errors.ts";
import { log } from "../log.ts";

/** What a check found, in the words of draft-inadarei-api-health-check: `warn` is for people to look at, `fail` is down. */
export interface Finding {
  status: "pass" | "warn" | "fail";
  /** A sentence; no secret, no address. */
  output?: string;
  observedValue?: number;
  observedUnit?: string;
}

export interface Check {
  /** What is looked at, and which of its measures: `database:writable`. */
  name: string;
  /** An answer that takes longer, in milliseconds, is none. */
  limitMs: number;
  /** The status if the check does not finish in time. */
  unknownStatus: "warn" | "fail";
  look: () => Promise<Finding>;
}

/** Looks, for as long as the check has. Never throws. */
export async function findingOf({ name, limitMs, unknownStatus, look }: Check): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(resolve, limitMs, { status: unknownStatus, output: `no answer within ${limitMs} ms` });
  });
  try {
    return await Promise.race([look(), late]);
  } catch (error) {
    const { code, message } = describeError(error);
    log("error", "health_check_failed", { check: name, error: { code, message } });
    return { status: unknownStatus, output: `${code}: the log has more` };
  } finally {
    clearTimeout(timer);
  }
}
