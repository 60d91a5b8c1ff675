import { config } from "../config/config.ts";
import { type Db, oneConnection } from "../db/db.ts";
import { poolingOf } from "../db/drivers/pooling.ts";
import {
  judgeConnections,
  judgePooling,
  judgeServer,
  type Remark,
  readServerFacts,
} from "../db/server/server-facts.ts";
import type { Finding } from "./finding.ts";

/** What the server is: its version, encoding, JIT and extension. */
export async function serverState(db: Db): Promise<Finding> {
  const remarks = judgeServer(await readServerFacts(db));
  const worst = (["fail", "warn"] as const).find((status) => remarks.some((remark) => remark.status === status));
  return { status: worst ?? "pass", output: remarks.map(sentence).join("; ") };
}

/** Whether a pooler stands between, and in which mode. */
export async function poolingState(db: Db): Promise<Finding> {
  return findingOf(judgePooling(await poolingOf(db), config().onVercel));
}

/** How many connections the server has left. */
export async function connectionsFree(db: Db): Promise<Finding> {
  if (oneConnection.has(db)) return { status: "pass", output: "the embedded database has one connection" };
  const facts = await readServerFacts(db);
  return { ...findingOf(judgeConnections(facts)), observedValue: facts.connections.free };
}

const findingOf = (remark: Remark): Finding => ({ status: remark.status, output: sentence(remark) });

const sentence = ({ says, remedy }: Remark): string => (remedy === undefined ? says : `${says} (remedy: ${remedy})`);
