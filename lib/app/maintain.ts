import type { Maintain } from "../booking/slots/maintain-now.ts";

/**
 * Maintains slots at once after a change of the catalog; the run is observed like any other. Its code is loaded when it is
 * needed, because most requests to the catalog need none of it.
 */
export const maintain: Maintain = async (db, now, scope, actor) => {
  const [{ maintainNow }, { OBSERVERS }] = await Promise.all([
    import("../booking/slots/maintain-now.ts"),
    import("./job-host.ts"),
  ]);
  return maintainNow(db, now, scope, actor, OBSERVERS);
};
