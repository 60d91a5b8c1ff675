import { type Maintain, maintainNow } from "../booking/slots/maintain-now.ts";
import { OBSERVERS } from "./job-host.ts";

/** Maintains slots at once after a change of the catalog; the run is observed like any other. */
export const maintain: Maintain = (db, now, scope) => maintainNow(db, now, scope, OBSERVERS);
