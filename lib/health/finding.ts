import { describeError } from "../errors.ts";
import { log } from "../log.ts";

/** The result of a check, with the statuses of draft-inadarei-api-health-check: `warn` needs a person's attention, `fail` means down. */
export interface Finding {
  status: "pass" | "warn" | "fail";
  /** A sentence; no secret, no address. */
  output?: string;
  observedValue?: number;
  observedUnit?: string;
}

export interface Check {
  /** The component and its measure: `database:writable`. */
  name: string;
  /** The time limit in milliseconds. */
  limitMs: number;
  /** The status if the check does not finish in time. */
  unknownStatus: "warn" | "fail";
  look: () => Promise<Finding>;
}

/** Runs a check within its time limit. Never throws. */
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
