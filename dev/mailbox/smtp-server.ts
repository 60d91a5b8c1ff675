import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import { log } from "../../lib/log.ts";
import { type Envelope, openMailStore } from "./mail-store.ts";

const MAX_BYTES = 25_000_000;

/**
 * Starts an SMTP server on loopback that accepts every mail, without sign-in or TLS, and stores it in `directory`. No mail
 * leaves the machine. A mail is acknowledged after its file is written.
 */
export async function startMailbox(directory: string): Promise<{ port: number; close(): Promise<void> }> {
  const store = await openMailStore(directory);
  const receive = async (mail: SMTPServerDataStream, session: SMTPServerSession) => {
    await store(mail, envelopeOf(session, new Date()), () => !mail.sizeExceeded);
  };
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    size: MAX_BYTES,
    rejectOversized: true,
    closeTimeout: 500,
    onData: (mail, session, done) => {
      receive(mail, session).then(() => done(), done);
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  // A client that disconnects is reported here; the server continues.
  server.on("error", (error: Error) => log("warn", "mailbox_connection_failed", { error: error.message }));
  const { port } = server.server.address() as AddressInfo;
  return { port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

function envelopeOf({ envelope }: SMTPServerSession, now: Date): Envelope {
  const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
  return { from, to: envelope.rcptTo.map(({ address }) => address).join(", "), received: now.toISOString() };
}
