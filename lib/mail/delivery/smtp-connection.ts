import { Readable } from "node:stream";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { SmtpSettings } from "../../config/config.ts";
import { needsUtf8, wireAddress } from "../../email-address.ts";
import { AppError } from "../../errors.ts";
import { type Stage, type Verdict, verdictOf } from "./smtp-errors.ts";
import { isLoopback, trustOf } from "./tls.ts";

/** What became of a message: the server's last words, or why it was not sent. */
export type Delivery = { sent: true; response: string } | ({ sent: false } & Verdict);

type MailServer = Omit<SmtpSettings, "connections" | "authorities"> & Partial<Pick<SmtpSettings, "authorities">>;

/** How long a lane waits, in milliseconds. */
export interface Patience {
  /** For a connection and the server's greeting. */
  connect: number;
  /** For the server's next word. */
  silence: number;
  /** For a mail from beginning to end. */
  mail: number;
}

/** Well inside a function's time, and together well inside a mail's lease (claims.ts). */
const PATIENCE: Patience = { connect: 10_000, silence: 20_000, mail: 60_000 };

/** Servers like connections to end after a while. */
const MAILS_A_CONNECTION = 100;

/**
 * One connection to the mail server, opened when first wanted and kept from mail to mail; one mail at a time. A run has
 * a handful of lanes, which are its pool.
 */
export class Lane {
  readonly #settings: MailServer;
  readonly #patience: Patience;
  #connection: SMTPConnection | undefined;
  /** Whether the server takes names beyond ASCII in addresses (RFC 6531). */
  #takesUtf8 = false;
  #sent = 0;

  constructor(settings: MailServer, patience = PATIENCE) {
    this.#settings = settings;
    this.#patience = patience;
  }

  /**
   * Sends a message. Never throws, and never takes longer than a minute.
   * @param handOver Awaited when the server has accepted sender and recipient and waits for the content; what it throws
   *   keeps the content from being sent.
   */
  async send(
    envelope: { from: string; to: string },
    content: Buffer,
    handOver: () => Promise<void>,
  ): Promise<Delivery> {
    let stage: Stage = "connection";
    let over: NodeJS.Timeout | undefined;
    try {
      const tooLong = new Promise<never>((_, reject) => {
        const limit = this.#patience.mail;
        over = setTimeout(() => {
          reject(new Error(`expected the server to be done within ${limit / 1000} s, it was not`));
        }, limit);
      });
      const connection = this.#connection ?? (await Promise.race([this.#open(), tooLong]));
      stage = "envelope";
      const { from, to } = wireEnvelope(envelope);
      if (needsUtf8(from + to) && !this.#takesUtf8) return NO_UTF8;
      const message = behind(handOver, content, () => {
        stage = "content";
      });
      const response = await Promise.race([transmit(connection, { from, to }, message), tooLong]);
      if ((stage as Stage) !== "content")
        throw new Error(`expected an answer to the content, got one before it: ${response}`);
      this.#sent += 1;
      if (this.#sent % MAILS_A_CONNECTION === 0) this.close();
      return { sent: true, response };
    } catch (fault) {
      this.#connection?.close(); // whatever it was about, the next mail starts on a clean one
      this.#connection = undefined;
      return { sent: false, ...verdictOf(fault, stage) };
    } finally {
      clearTimeout(over);
    }
  }

  /** Connects and signs in, and sends nothing. @throws what nodemailer reports of a server that does not take us. */
  async reach(): Promise<void> {
    try {
      await this.#open();
      this.close();
    } catch (fault) {
      this.#connection?.close();
      this.#connection = undefined;
      throw fault;
    }
  }

  /** Says goodbye to the server. */
  close(): void {
    this.#connection?.quit();
    this.#connection = undefined;
  }

  async #open(): Promise<SMTPConnection> {
    const { host, port, secure, user, password, authorities = [] } = this.#settings;
    const { connect, silence } = this.#patience;
    const connection = new SMTPConnection({
      host,
      port,
      secure,
      // A password does not travel in the clear, but for the way to ourselves; who names an authority wants it asked.
      requireTLS: !secure && (user !== undefined || authorities.length > 0) && !isLoopback(host),
      tls: trustOf(host, authorities),
      connectionTimeout: connect,
      greetingTimeout: connect,
      dnsTimeout: connect,
      socketTimeout: silence,
    });
    this.#connection = connection; // from now on, so that whoever gives up closes it
    await new Promise<void>((resolve, reject) => {
      // These stay: what breaks later reaches the mail it meets through that mail's callback.
      connection.on("error", reject);
      connection.on("end", () => {
        if (this.#connection === connection) this.#connection = undefined;
        reject(new Error("the server closed the connection"));
      });
      const opened = (error?: Error | null) => (error ? reject(error) : resolve());
      connection.connect((error) => {
        this.#takesUtf8 = /^250[ -]SMTPUTF8\s*$/im.test(connection.lastServerResponse || "");
        if (error || user === undefined) opened(error);
        else connection.login({ user, pass: password }, opened);
      });
    });
    return connection;
  }
}

/** Addresses as commands take them. */
const wireEnvelope = ({ from, to }: { from: string; to: string }) => ({
  from: wireAddress(from) ?? from,
  to: wireAddress(to) ?? to,
});

/** Said before the server is asked: it might cut the name short and deliver to somebody else. */
const NO_UTF8: Delivery = {
  sent: false,
  failure: "permanent",
  stage: "envelope",
  error: "the mail server takes no address with letters beyond ASCII before the @ (it offers no SMTPUTF8)",
  unknownMailbox: false,
  retryAfterMs: undefined,
};

/** A stream that opens its door when it is first read, which is when the server waits for the content. */
function behind(door: () => Promise<void>, content: Buffer, onOpen: () => void): Readable {
  let asked = false;
  const stream = new Readable({
    read() {
      if (asked) return;
      asked = true;
      door().then(
        () => {
          if (stream.destroyed) return; // given up meanwhile: nothing of it is sent
          onOpen();
          stream.push(content);
          stream.push(null);
        },
        (fault: Error) => stream.destroy(fault),
      );
    },
  });
  return stream;
}

function transmit(connection: SMTPConnection, envelope: { from: string; to: string }, message: Readable) {
  return new Promise<string>((resolve, reject) => {
    connection.send({ from: envelope.from, to: [envelope.to] }, message, (error, info) => {
      if (error) reject(error);
      else if (info === undefined || info.accepted.length === 0) reject(new AppError("internal", "nobody took it"));
      else resolve(info.response);
    });
  });
}
