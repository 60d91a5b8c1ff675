import { redirectLog } from "../../lib/log.ts";

/** Log lines of what is under test do not belong in the test report. */
redirectLog(() => {});
