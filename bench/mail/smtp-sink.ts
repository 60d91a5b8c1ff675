import { SMTPServer } from "smtp-server";

/** A real SMTP server in a process of its own, which takes every mail and keeps none. Prints its port. */
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS", "AUTH"],
  logger: false,
  onData(stream, _session, done) {
    stream.resume();
    stream.once("end", () => done());
  },
});
server.listen(0, "127.0.0.1", () => {
  const address = server.server.address();
  console.log(typeof address === "object" ? address?.port : "");
});
