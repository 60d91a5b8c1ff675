import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** Where in a session a server may misbehave; `part` is a piece of content that has not ended. */
export type Step = "greeting" | "EHLO" | "AUTH" | "MAIL" | "RCPT" | "DATA" | "part" | "content" | "QUIT" | "other";

/** What a server does instead of replying. */
export const DROP = "(hanging up)";
export const SILENCE = "(silence)";
export type Answer = string | undefined;

/**
 * Decides a reply; undefined for the usual one.
 * @param line The command; for `part` and `content` the content so far.
 * @param recipient The recipient, as soon as it is known.
 */
export type Script = (step: Step, line: string, recipient: string) => Answer | Promise<Answer>;

const USUAL: Record<Step, string> = {
  greeting: "220 mx.example ready",
  EHLO: "250-mx.example\r\n250-8BITMIME\r\n250 SMTPUTF8",
  AUTH: "235 2.7.0 welcome",
  MAIL: "250 2.1.0 fine",
  RCPT: "250 2.1.5 fine",
  DATA: "354 go on",
  part: SILENCE,
  content: "250 2.0.0 queued",
  QUIT: "221 bye",
  other: "502 5.5.1 what?",
};

export interface Scripted {
  port: number;
  /** Message-IDs of all contents that arrived completely, for any reply. */
  seen: string[];
  /** Message-IDs of the accepted ones. */
  taken: string[];
  /** All commands, without contents. */
  commands: string[];
  /** How many connections there have been. */
  connections: () => number;
  /** How many are open now. */
  open: () => number;
  close(): Promise<void>;
}

/** An SMTP server that replies as a script says. */
export async function smtpScript(script: Script = () => undefined): Promise<Scripted> {
  const open = new Set<Socket>();
  const seen: string[] = [];
  const taken: string[] = [];
  const commands: string[] = [];
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    open.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => open.delete(socket));
    serve(socket).catch(() => socket.destroy());
  });

  async function serve(socket: Socket): Promise<void> {
    let recipient = "";
    const act = async (step: Step, line: string): Promise<boolean> => {
      const answer = (await script(step, line, recipient)) ?? USUAL[step];
      if (answer === DROP) socket.resetAndDestroy();
      else if (answer !== SILENCE) socket.write(`${answer}\r\n`);
      return /^[23]/.test(answer);
    };
    await act("greeting", "");
    let text = "";
    let inContent = false;
    let searched = 0;
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      text += chunk.toString("latin1");
      for (;;) {
        if (inContent) {
          const end = text.indexOf("\r\n.\r\n", Math.max(0, searched - 4));
          searched = text.length;
          if (end < 0) {
            if (text !== "") await act("part", text);
            break;
          }
          const content = text.slice(0, end + 2);
          text = text.slice(end + 5);
          searched = 0;
          inContent = false;
          const id = /^message-id: *(<[^>]*>)/im.exec(content)?.[1] ?? "";
          seen.push(id);
          if (await act("content", content)) taken.push(id);
          continue;
        }
        const end = text.indexOf("\r\n");
        if (end < 0) break;
        const line = text.slice(0, end);
        text = text.slice(end + 2);
        commands.push(line);
        const step = line.slice(0, 4).toUpperCase() as Step;
        if (step === "RCPT") recipient = /<(.*)>/.exec(line)?.[1] ?? "";
        const fine = await act(step in USUAL ? step : "other", line);
        if (step === "DATA") inContent = fine;
        if (step === "QUIT") socket.end();
      }
    }
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = async () => {
    for (const socket of open) socket.destroy();
    if (server.listening) await new Promise<void>((resolve) => void server.close(() => resolve()));
  };
  const { port } = server.address() as AddressInfo;
  return { port, seen, taken, commands, connections: () => connections, open: () => open.size, close };
}
