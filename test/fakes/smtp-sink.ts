import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** A mail as the server took it. */
export interface Received {
  from: string;
  to: string[];
  /** Without the dots that SMTP puts before dots. */
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

/** A real SMTP server that takes every mail and keeps it; plain and without sign-in unless `options` say otherwise. */
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
  server.on("error", () => {}); // clients that break off are what is being tested
  server.listen(port, host);
  await once(server.server, "listening");
  const close = () => new Promise<void>((resolve) => void server.close(() => resolve()));
  return { port: (server.server.address() as AddressInfo).port, mails, connections: () => connections, close };
}
