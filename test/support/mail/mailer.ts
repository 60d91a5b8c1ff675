import { createConnection } from "node:net";
import { createTransport, type SendMailOptions } from "nodemailer";

/** Sends mails over SMTP with another program's client. */

/** Sends a mail, valid unless a test says otherwise, and waits until the server has accepted it. */
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

/** Sends a message unchanged. */
export function sendRaw(port: number, raw: string | Buffer, to = "ada@club.example"): Promise<void> {
  return send(port, { raw, envelope: { from: "taktwerk@club.example", to } });
}

/** Starts a mail and closes the connection in the middle, properly or as after a crash. */
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
