import { siteConditions } from "../analytics/conditions.ts";
import { attendanceConditions } from "../attendance/conditions.ts";
import type { Invocation } from "../jobs/execute.ts";
import { mailConditions } from "../mail/conditions.ts";
import type { SendAlert, Supervised } from "../supervision/supervised.ts";
import { type Supervision, supervise } from "../supervision/tick.ts";
import { JOBS } from "./registry.ts";

/** Sends a mail to the operator at once. The mail client is loaded here, because most ticks send nothing. */
export const sendAlert: SendAlert = async (mail) =>
  (await import("../mail/delivery/send-directly.ts")).sendDirectly(mail);

/** Everything that a tick looks after. */
export const SUPERVISED: Supervised = {
  jobs: JOBS,
  conditions: [mailConditions, attendanceConditions, siteConditions],
  sendAlert,
};

/** Looks after all jobs of this deployment. Never throws. */
export const tick = (invocation: Invocation): Promise<Supervision> => supervise(invocation, SUPERVISED);
