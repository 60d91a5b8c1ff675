import { createConnection } from "node:net";
import { createTransport, type SendMailOptions } from "nodemailer";

/** Mails sent over SMTP by a program that is not ours. */

/** Sends a mail, valid unless a test says otherwise, and waits until the server has taken it. */
export async function send(port: number, mail: SendMailOptions = {}): Promise<void> {
  const transport = createTransport({ host: "127.0.0.1", port });
  await transport.sendMail({
    from: "Taktwerk <taktwerk@club.example>",
    to: "Ada <ada@club.example>",
    subject: "Deine Wochenbilanz ist da!",
    text: "12 Liegestütze",
    ...mail,
  });
  transport.close();
}

/** Sends a mail as it stands. */
export function sendRaw(port: number, raw: string | Buffer, to = "ada@club.example"): Promise<void> {
  return send(port, { raw, envelope: { from: "taktwerk@club.example", to } });
}

/** Begins a mail and hangs up in the middle of it, as one who is done or as one who crashed. */
export function breakOff(port: number, how: "end" | "resetAndDestroy"): Promise<void> {
  const steps = ["HELO me", "MAIL FROM:<a@club.example>", "RCPT TO:<b@club.example>", "DATA", "Subject: half of it"];
  return new Promise((resolve, reject) => {
    const socket = createConnection(port, "127.0.0.1");
    socket.on("data", () => {
      const step = steps.shift();
      if (step !== undefined) socket.write(`${step}\r\n`);
      if (steps.length === 0) socket[how]();
    });
    socket.on("close", () => resolve());
    socket.on("error", reject);
  });
}
