import { Readable } from "node:stream";
import type NodemailerConnection from "nodemailer/lib/smtp-connection";
import type { SmtpSettings } from "../../config/config.ts";
import { needsUtf8, wireAddress } from "../../email-address.ts";
import { AppError } from "../../errors.ts";
import { classifySmtpError, type DeliveryStage, type SmtpFailure } from "./smtp-errors.ts";
import { isLoopback, tlsOptions } from "./tls.ts";

/** The result of sending a message: the server's last reply, or why the message was not sent. */
export type Delivery = { sent: true; response: string } | ({ sent: false } & SmtpFailure);

type MailServer = Omit<SmtpSettings, "connections" | "authorities"> & Partial<Pick<SmtpSettings, "authorities">>;

/** How long a connection waits, in milliseconds. */
export interface SmtpTimeouts {
  /** For the connection and the server's greeting. */
  connect: number;
  /** For the server's next reply. */
  silence: number;
  /** For one mail from start to end. */
  mail: number;
}

/** Together well below the lease of a mail (queue-claims.ts) and the time limit of a function. */
const TIMEOUTS: SmtpTimeouts = { connect: 10_000, silence: 20_000, mail: 60_000 };

/** Servers expect a client to reconnect now and then. */
const MAILS_PER_CONNECTION = 100;

/** A connection to the mail server. It opens with the first mail and stays open; it sends one mail at a time. */
export class SmtpConnection {
  readonly #settings: MailServer;
  readonly #timeouts: SmtpTimeouts;
  #connection: NodemailerConnection | undefined;
  /** Whether the server accepts addresses with letters beyond ASCII (RFC 6531). */
  #supportsUtf8 = false;
  #sent = 0;

  constructor(settings: MailServer, timeouts = TIMEOUTS) {
    this.#settings = settings;
    this.#timeouts = timeouts;
  }

  /**
   * Sends a message. It never throws, and takes a minute at most.
   * @param beforeContent Awaited when the server has accepted sender and recipient and is ready for the content. If it
   *   throws, the content is not sent.
   */
  async send(
    envelope: { from: string; to: string },
    content: Buffer,
    beforeContent: () => Promise<void>,
  ): Promise<Delivery> {
    let stage: DeliveryStage = "connection";
    let timer: NodeJS.Timeout | undefined;
    try {
      const timeout = new Promise<never>((_, reject) => {
        const limit = this.#timeouts.mail;
        timer = setTimeout(() => {
          reject(new Error(`the server did not finish within ${limit / 1000} s`));
        }, limit);
      });
      const connection = this.#connection ?? (await Promise.race([this.#open(), timeout]));
      stage = "envelope";
      const { from, to } = wireEnvelope(envelope);
      if (needsUtf8(from + to) && !this.#supportsUtf8) return NO_UTF8;
      const message = streamAfter(beforeContent, content, () => {
        stage = "content";
      });
      const response = await Promise.race([transmit(connection, { from, to }, message), timeout]);
      if ((stage as DeliveryStage) !== "content")
        throw new Error(`the server replied to the content before it was sent: ${response}`);
      this.#sent += 1;
      if (this.#sent % MAILS_PER_CONNECTION === 0) this.close();
      return { sent: true, response };
    } catch (error) {
      this.#connection?.close(); // after any error the next mail starts on a new connection
      this.#connection = undefined;
      return { sent: false, ...classifySmtpError(error, stage) };
    } finally {
      clearTimeout(timer);
    }
  }

  /** Connects and signs in without sending a mail. @throws nodemailer's error if the server refuses. */
  async reach(): Promise<void> {
    try {
      await this.#open();
      this.close();
    } catch (error) {
      this.#connection?.close();
      this.#connection = undefined;
      throw error;
    }
  }

  /** Ends the connection with QUIT. */
  close(): void {
    this.#connection?.quit();
    this.#connection = undefined;
  }

  async #open(): Promise<NodemailerConnection> {
    const { host, port, secure, user, password, authorities = [] } = this.#settings;
    const { connect, silence } = this.#timeouts;
    const { default: Connection } = await import("nodemailer/lib/smtp-connection"); // a run without mails does not need it
    const connection = new Connection({
      host,
      port,
      secure,
      // A password is never sent in the clear except on loopback. A configured authority means that TLS is expected.
      requireTLS: !secure && (user !== undefined || authorities.length > 0) && !isLoopback(host),
      tls: tlsOptions(host, authorities),
      connectionTimeout: connect,
      greetingTimeout: connect,
      dnsTimeout: connect,
      socketTimeout: silence,
    });
    this.#connection = connection; // set at once, so that a timeout closes it
    await new Promise<void>((resolve, reject) => {
      // These handlers stay: a later error reaches the mail in progress through its own callback.
      connection.on("error", reject);
      connection.on("end", () => {
        if (this.#connection === connection) this.#connection = undefined;
        reject(new Error("the server closed the connection"));
      });
      const done = (error?: Error | null) => (error ? reject(error) : resolve());
      connection.connect((error) => {
        this.#supportsUtf8 = /^250[ -]SMTPUTF8\s*$/im.test(connection.lastServerResponse || "");
        if (error || user === undefined) done(error);
        else connection.login({ user, pass: password }, done);
      });
    });
    return connection;
  }
}

/** Addresses as SMTP commands take them. */
const wireEnvelope = ({ from, to }: { from: string; to: string }) => ({
  from: wireAddress(from) ?? from,
  to: wireAddress(to) ?? to,
});

/** Decided before the server is asked: it might shorten the name and deliver to another person. */
const NO_UTF8: Delivery = {
  sent: false,
  failure: "permanent",
  stage: "envelope",
  error: "the mail server takes no address with letters beyond ASCII before the @ (it offers no SMTPUTF8)",
  unknownMailbox: false,
  retryAfterMs: undefined,
};

/** A stream of the content. Its first read, when the server is ready for the content, awaits `beforeContent`. */
function streamAfter(beforeContent: () => Promise<void>, content: Buffer, onStart: () => void): Readable {
  let started = false;
  const stream = new Readable({
    read() {
      if (started) return;
      started = true;
      beforeContent().then(
        () => {
          if (stream.destroyed) return; // timed out meanwhile: nothing of it is sent
          onStart();
          stream.push(content);
          stream.push(null);
        },
        (error: Error) => stream.destroy(error),
      );
    },
  });
  return stream;
}

function transmit(connection: NodemailerConnection, envelope: { from: string; to: string }, message: Readable) {
  return new Promise<string>((resolve, reject) => {
    connection.send({ from: envelope.from, to: [envelope.to] }, message, (error, info) => {
      if (error) reject(error);
      else if (info === undefined || info.accepted.length === 0)
        reject(new AppError("internal", "the server accepted no recipient"));
      else resolve(info.response);
    });
  });
}
