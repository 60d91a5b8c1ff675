import type { Db } from "../../db/db.ts";
import { describeError } from "../../errors.ts";
import { insertLinkToken } from "../queue/link-token.ts";
import { type ClaimedMail, markHandedOver, type Outcome } from "../queue/queue-claims.ts";
import { sender } from "../sender.ts";
import { compose } from "./compose.ts";
import { DataBarrier } from "./data-barrier.ts";
import { decideOutcome, skip } from "./outcome.ts";
import type { Delivery, SmtpConnection } from "./smtp-connection.ts";
import type { SmtpPool } from "./smtp-pool.ts";

/**
 * Sends the mails of a batch at the same time, each on its own connection. Their contents go out together (data-barrier.ts).
 * @param token The lease that the mails were claimed with.
 * @param hasServed Whether the server has accepted a mail of this run before.
 * @returns one outcome for each mail, to be recorded by the caller.
 */
export async function sendBatch(
  db: Db,
  token: string,
  mails: ClaimedMail[],
  pool: SmtpPool,
  hasServed: () => boolean,
  time: () => Date,
): Promise<Outcome[]> {
  const toSend = mails.filter((mail) => mail.skip === null);
  const deliveries = new Map<number, Delivery>();
  const composed = await Promise.all(toSend.map((mail) => composeMail(mail))); // before any server is kept waiting
  const ready = composed.filter((mail) => "content" in mail);
  for (const mail of composed) if ("failed" in mail) deliveries.set(mail.id, mail.failed);
  if (ready.length > 0) {
    const attempts = await pool.use(ready.length, (connections) => {
      const barrier = new DataBarrier(ready.length, (ids) => markHandedOver(db, token, ids, time()));
      return Promise.all(ready.map((mail, index) => deliver(mail, connections[index], barrier)));
    });
    for (const [index, { id }] of ready.entries()) {
      const delivery = judgeWithOthers(attempts, index, hasServed());
      if (delivery !== undefined) deliveries.set(id, delivery);
    }
  }
  return mails.map((mail) => {
    const delivery = deliveries.get(mail.id);
    return delivery === undefined
      ? skip(mail, mail.skip ?? "not-sent")
      : decideOutcome(mail, delivery, time(), Math.random());
  });
}

interface ComposedMail {
  id: number;
  recipient: string;
  content: Buffer;
}

/** Composes the message of a mail; a mail that cannot be composed has failed for good. */
async function composeMail(mail: ClaimedMail): Promise<ComposedMail | { id: number; failed: Delivery }> {
  const { id, recipient } = mail;
  try {
    return { id, recipient, content: await compose({ ...insertLinkToken(mail), date: mail.createdAt }) };
  } catch (fault) {
    const error = `cannot be written as a message: ${describeError(fault).message}`;
    const failure = { failure: "permanent", stage: "connection", error } as const;
    return { id, failed: { sent: false, ...failure, unknownMailbox: false, retryAfterMs: undefined } };
  }
}

/**
 * Turns a broken connection into a fault of its mail if the server handled other mails meanwhile. Otherwise such a mail
 * would be tried again for ever, each time the server is reachable.
 */
function judgeWithOthers(attempts: Delivery[], index: number, hasServed: boolean): Delivery | undefined {
  const delivery = attempts[index];
  if (delivery === undefined || delivery.sent || delivery.failure !== "connection") return delivery;
  const servedOthers = attempts.some(
    (other) => other.sent || (other.failure !== "connection" && other.stage !== "connection"),
  );
  return (hasServed || servedOthers) && delivery.stage === "envelope"
    ? { ...delivery, failure: "transient" }
    : delivery;
}

async function deliver(
  mail: ComposedMail,
  connection: SmtpConnection | undefined,
  barrier: DataBarrier,
): Promise<Delivery> {
  if (connection === undefined) throw new RangeError("expected a connection for each mail of a batch");
  let arrived = false;
  const delivery = await connection.send({ from: sender().address, to: mail.recipient }, mail.content, () => {
    arrived = true;
    return barrier.pass(mail.id);
  });
  if (!arrived) barrier.leave();
  return delivery;
}
