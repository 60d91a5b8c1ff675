import { expect, it } from "vitest";
import { incidentKind } from "../../../lib/supervision/incident-kinds.ts";

it.each([
  ["failed:weekly-events", { kind: "failed", subject: "weekly-events", remedy: "run-again" }],
  ["stuck-runs", { kind: "stuck-runs", subject: null, remedy: "see-runs" }],
  ["mail:given-up", { kind: "mail", subject: "given-up", remedy: "see-mails" }],
  ["mail:of-tomorrow", { kind: "mail", subject: "of-tomorrow", remedy: "see-incident" }],
])("describes %s", (key, described) => {
  expect(incidentKind(key)).toEqual(described);
});
