import { config } from "../../config/config.ts";
import { describeError } from "../../errors.ts";

/** What a check has found, in a sentence, and what to do about it. */
export interface Finding {
  check: string;
  /** `off`: something optional that this deployment does not use. */
  status: "pass" | "off" | "warn" | "fail";
  says: string;
  remedy?: string;
}

/** A check by its name: what it finds, in one or more sentences. */
export interface Check {
  name: string;
  look(now: () => Date): Promise<Omit<Finding, "check">[]>;
}

export type Found = Omit<Finding, "check">;

export const pass = (says: string): Found => ({ status: "pass", says });
export const off = (says: string, remedy: string): Found => ({ status: "off", says, remedy });
export const warn = (says: string, remedy: string): Found => ({ status: "warn", says, remedy });
export const fail = (says: string, remedy: string): Found => ({ status: "fail", says, remedy });

/** What is wrong on production, and elsewhere only worth knowing. */
export const lacking = (says: string, remedy: string): Found =>
  config().production ? fail(says, remedy) : warn(says, remedy);

/** No check holds up the others for longer. */
const CHECK_MS = 20_000;

/** Does one check, whatever it throws and however long it takes. */
export async function findingsOf({ name, look }: Check, now: () => Date): Promise<Finding[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Found[]>((resolve) => {
    const seconds = CHECK_MS / 1000;
    timer = setTimeout(
      () => resolve([fail(`no answer within ${seconds} s`, "see that it can be reached from here")]),
      CHECK_MS,
    );
  });
  try {
    const found = await Promise.race([look(now), late]);
    return found.map((one) => ({ check: name, ...one }));
  } catch (error) {
    const { code, message } = describeError(error);
    return [{ check: name, ...fail(`the check itself failed (${code}: ${message})`, "report it with this sentence") }];
  } finally {
    clearTimeout(timer);
  }
}
