import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** A mail as the server received it. */
export interface Received {
  from: string;
  to: string[];
  /** Without the dots that SMTP adds before dots. */
  raw: Buffer;
  messageId: string;
}

export interface Sink {
  port: number;
  mails: Received[];
  /** How many connections there have been. */
  connections: () => number;
  close(): Promise<void>;
}

/** A real SMTP server that accepts and keeps every mail; without TLS and sign-in unless `options` say otherwise. */
export async function smtpSink(options: SMTPServerOptions = {}, port = 0, host = "127.0.0.1"): Promise<Sink> {
  const mails: Received[] = [];
  let connections = 0;
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onConnect: (_, done) => {
      connections += 1;
      done();
    },
    onData: (stream, { envelope }, done) => {
      buffer(stream).then((raw) => {
        mails.push({
          from: envelope.mailFrom === false ? "" : envelope.mailFrom.address,
          to: envelope.rcptTo.map(({ address }) => address),
          raw,
          messageId: /^message-id: *(<[^>]*>)/im.exec(raw.toString("latin1"))?.[1] ?? "",
        });
        done();
      }, done);
    },
    ...options,
  });
  server.on("error", () => {}); // tests break connections on purpose
  server.listen(port, host);
  await once(server.server, "listening");
  const close = () => new Promise<void>((resolve) => void server.close(() => resolve()));
  return { port: (server.server.address() as AddressInfo).port, mails, connections: () => connections, close };
}
