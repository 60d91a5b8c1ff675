import type { Db } from "../../db/db.ts";
import { describeError } from "../../errors.ts";
import { withToken } from "../queue/link-token.ts";
import { type ClaimedMail, markHandedOver } from "../queue/queue-claims.ts";
import { sender } from "../sender.ts";
import { compose } from "./compose.ts";
import { HandOver } from "./data-barrier.ts";
import { type Settlement, settlementOf, skipped } from "./outcome.ts";
import type { Delivery, Lane } from "./smtp-connection.ts";
import type { LanePool } from "./smtp-pool.ts";

/**
 * Sends the mails of a batch at once, each on a lane of its own. They are handed over together (hand-over.ts).
 * @param served Whether the server has taken mails of this run before.
 * @returns what is to be put on record of each.
 */
export async function sendBatch(
  db: Db,
  token: string,
  mails: ClaimedMail[],
  lanes: LanePool,
  served: () => boolean,
  time: () => Date,
): Promise<Settlement[]> {
  const wanted = mails.filter(({ skip }) => skip === null);
  const outcomes = new Map<number, Delivery>();
  const written = await Promise.all(wanted.map((mail) => write(mail))); // before any lane is kept waiting
  const ready = written.filter((mail) => "content" in mail);
  for (const mail of written) if ("failed" in mail) outcomes.set(mail.id, mail.failed);
  if (ready.length > 0) {
    const deliveries = await lanes.use(ready.length, (lent) => {
      const door = new HandOver(ready.length, (ids) => markHandedOver(db, token, ids, time()));
      return Promise.all(ready.map((mail, index) => deliver(mail, lent[index], door)));
    });
    for (const [index, { id }] of ready.entries()) {
      const delivery = judgedTogether(deliveries, index, served());
      if (delivery !== undefined) outcomes.set(id, delivery);
    }
  }
  return mails.map((mail) => {
    const delivery = outcomes.get(mail.id);
    return delivery === undefined
      ? skipped(mail, mail.skip ?? "not-sent")
      : settlementOf(mail, delivery, time(), Math.random());
  });
}

interface Written {
  id: number;
  recipient: string;
  content: Buffer;
}

/** A mail as a message, or why it cannot be one. */
async function write(mail: ClaimedMail): Promise<Written | { id: number; failed: Delivery }> {
  const { id, recipient } = mail;
  try {
    return { id, recipient, content: await compose({ ...withToken(mail), date: mail.createdAt }) };
  } catch (fault) {
    const error = `cannot be written as a message: ${describeError(fault).message}`;
    const verdict = { failure: "permanent", stage: "connection", error } as const;
    return { id, failed: { sent: false, ...verdict, unknownMailbox: false, retryAfterMs: undefined } };
  }
}

/**
 * Where the server deals with other mails, a connection that broke over one is that mail's own trouble, and no reason to
 * try it again whenever the server is seen to be well.
 */
function judgedTogether(deliveries: Delivery[], index: number, served: boolean): Delivery | undefined {
  const delivery = deliveries[index];
  if (delivery === undefined || delivery.sent || delivery.failure !== "connection") return delivery;
  const others = deliveries.some(
    (other) => other.sent || (other.failure !== "connection" && other.stage !== "connection"),
  );
  return (served || others) && delivery.stage === "envelope" ? { ...delivery, failure: "transient" } : delivery;
}

async function deliver(mail: Written, lane: Lane | undefined, door: HandOver): Promise<Delivery> {
  if (lane === undefined) throw new RangeError("expected a lane for each mail of a batch");
  let came = false;
  const delivery = await lane.send({ from: sender().address, to: mail.recipient }, mail.content, () => {
    came = true;
    return door.ready(mail.id);
  });
  if (!came) door.leave();
  return delivery;
}
