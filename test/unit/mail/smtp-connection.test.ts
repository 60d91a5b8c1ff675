import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import type { SmtpSettings } from "../../../lib/config/config.ts";
import { SmtpConnection } from "../../../lib/mail/delivery/smtp-connection.ts";
import { type Answer, DROP, type Script, SILENCE, type Step, smtpScript } from "../../fakes/smtp-script.ts";

/** How servers reply and misbehave, and what that means for a mail. */

const QUICK = { connect: 200, silence: 200, mail: 2_000 };
const ENVELOPE = { from: "mail@club.example", to: "ada@club.example" };
const CONTENT = Buffer.from("Message-ID: <1@club.example>\r\n\r\nhello\r\n");

async function meet(script: Script, over: Partial<SmtpSettings> = {}, patience = QUICK) {
  const server = await smtpScript(script);
  onTestFinished(() => server.close());
  const settings = { host: "127.0.0.1", port: server.port, secure: false, user: undefined, password: undefined };
  const connection = new SmtpConnection({ ...settings, ...over }, patience);
  onTestFinished(() => connection.close());
  const send = (handOver = async () => {}) => connection.send(ENVELOPE, CONTENT, handOver);
  return { server, connection, send };
}

const GARBAGE = "hello there, who is it?";
const at =
  (where: Step, answer: Answer): Script =>
  (step) =>
    step === where ? answer : undefined;

describe("the delivery of a mail", () => {
  it("succeeds with the server's reply if the server accepts it", async () => {
    const { server, send } = await meet(() => undefined);
    expect(await send()).toEqual({ sent: true, response: "250 2.0.0 queued" });
    expect(server.taken).toEqual(["<1@club.example>"]);
  });

  const BEFORE: [Step, Answer][] = (["greeting", "EHLO"] as const).flatMap((step) =>
    [SILENCE, DROP, GARBAGE, "421 4.3.2 busy", "554 5.7.1 go away"].map((answer): [Step, Answer] => [step, answer]),
  );
  it.each(BEFORE.filter(([step, answer]) => step === "greeting" || answer !== GARBAGE))(
    "fails as a connection at %s: %s",
    async (step, answer) => {
      const { server, send } = await meet(at(step, answer));
      const delivery = await send();
      expect(delivery).toMatchObject({
        sent: false,
        failure: "connection",
        stage: "connection",
        unknownMailbox: false,
      });
      expect("error" in delivery && delivery.error).not.toBe("");
      expect(server.seen).toEqual([]);
    },
  );

  const ENVELOPES = ["MAIL", "RCPT", "DATA"] as const;
  const IN_ENVELOPE: [Answer, string][] = [
    [SILENCE, "connection"],
    [DROP, "connection"],
    ["421 4.3.2 shutting down", "connection"],
    ["530 5.7.0 sign in first", "connection"],
    [GARBAGE, "transient"],
    ["999 bottles", "transient"],
    ["450 4.7.1 try again in 5 minutes", "transient"],
    ["451 4.3.0 trouble", "transient"],
    ["550 5.7.1 not with me", "permanent"],
    ["552 5.2.2 full", "permanent"],
    ["554 5.0.0 no", "permanent"],
  ];
  it.each(ENVELOPES.flatMap((step) => IN_ENVELOPE.map(([answer, failure]) => [step, answer, failure] as const)))(
    "fails at %s after %s as %s",
    async (step, answer, failure) => {
      const { server, send } = await meet(at(step, answer));
      const delivery = await send();
      expect(delivery).toMatchObject({ sent: false, failure, stage: "envelope", unknownMailbox: false });
      if (answer !== SILENCE && answer !== DROP) expect(delivery).toMatchObject({ error: answer });
      expect(server.seen).toEqual([]);
    },
  );

  it.each([
    [SILENCE, "unknown"],
    [DROP, "unknown"],
    [GARBAGE, "unknown"],
    ["999 bottles", "unknown"],
    ["4711 perfume", "unknown"],
    ["354 go on and on", "unknown"],
    ["421 4.3.2 shutting down", "transient"],
    ["451 4.3.0 trouble", "transient"],
    ["552 5.3.4 too big", "permanent"],
    ["554 5.6.0 spam", "permanent"],
  ] as [Answer, string][])("fails after the content with the reply %s as %s", async (answer, failure) => {
    const { send } = await meet(at("content", answer));
    expect(await send()).toMatchObject({ sent: false, failure, stage: "content" });
  });

  it("is unknown if the connection breaks in the middle of the content", async () => {
    const server = await smtpScript(at("part", DROP));
    onTestFinished(() => server.close());
    const connection = new SmtpConnection({
      host: "127.0.0.1",
      port: server.port,
      secure: false,
      user: undefined,
      password: undefined,
    });
    const large = Buffer.alloc(20_000_000, "x".repeat(70));
    expect(await connection.send(ENVELOPE, large, async () => {})).toMatchObject({ failure: "unknown" });
    expect(server.seen).toEqual([]);
  });

  it("fails as transient, without sending the content, if the hand-over cannot be recorded", async () => {
    const { server, send } = await meet(() => undefined);
    const delivery = await send(() => Promise.reject(new Error("no database")));
    expect(delivery).toMatchObject({ sent: false, failure: "transient", error: "no database" });
    expect(server.seen).toEqual([]);
  });

  it("is not decided by a reply that comes before the content", async () => {
    const { server, send } = await meet(at("DATA", "354 go on\r\n250 2.0.0 queued"));
    expect(await send(() => sleep(50))).toMatchObject({ sent: false, failure: "connection" });
    expect(server.seen).toEqual([]);
  });

  it("fails permanently for an address that does not fit into a command", async () => {
    const { server, connection } = await meet(() => undefined);
    const to = "ada@club.example>\r\nRCPT TO:<eve@club.example";
    expect(await connection.send({ ...ENVELOPE, to }, CONTENT, async () => {})).toMatchObject({ failure: "permanent" });
    expect(server.commands.filter((command) => /eve/.test(command))).toEqual([]);
  });
});

describe("a connection", () => {
  it("stays open from mail to mail, and is opened anew after a refusal", async () => {
    let refuse = false;
    const { server, send } = await meet((step) => (step === "RCPT" && refuse ? "550 5.7.1 no" : undefined));
    for (let n = 0; n < 3; n += 1) expect(await send()).toMatchObject({ sent: true });
    expect(server.connections()).toBe(1);
    refuse = true;
    expect(await send()).toMatchObject({ sent: false });
    refuse = false;
    expect(await send()).toMatchObject({ sent: true });
    expect(server.connections()).toBe(2);
  });

  it("is opened anew after a hundred mails", async () => {
    const { server, send } = await meet(() => undefined);
    for (let n = 0; n < 101; n += 1) await send();
    expect(server.connections()).toBe(2);
    expect(server.taken.length).toBe(101);
  });

  it("gives up on a mail that takes too long, and closes", async () => {
    const patience = { connect: 5_000, silence: 5_000, mail: 100 };
    const { server, send } = await meet(at("EHLO", SILENCE), {}, patience);
    expect(await send()).toMatchObject({
      sent: false,
      failure: "connection",
      error: "the server did not finish within 0.1 s",
    });
    await expect.poll(server.open).toBe(0);
    expect(await send()).toMatchObject({ sent: false });
    expect(server.connections()).toBe(2);
  });

  it("signs in on loopback without TLS, and reports a refusal with the server's reply", async () => {
    const sign = { user: "me@club.example", password: "sesame" };
    const taken = await meet(() => undefined, sign);
    expect(await taken.send()).toMatchObject({ sent: true });
    const refused = await meet(at("AUTH", "535 5.7.8 wrong password"), sign);
    const delivery = await refused.send();
    expect(delivery).toMatchObject({ failure: "connection", error: "535 5.7.8 wrong password" });
    expect(JSON.stringify(delivery)).not.toContain("sesame");
  });

  it.each([SILENCE, DROP])("does not hang if the server replies to a sign-in with %s", async (answer) => {
    const patience = { ...QUICK, mail: 60_000 };
    const { send } = await meet(at("AUTH", answer), { user: "me@club.example", password: "sesame" }, patience);
    expect(await send()).toMatchObject({ failure: "connection", stage: "connection" });
  });

  it("never sends a password without TLS to another host", async () => {
    const host = "0.0.0.0"; // this machine, but not known as loopback
    const { server, send } = await meet(() => undefined, { host, user: "me@club.example", password: "sesame" });
    expect(await send()).toMatchObject({ failure: "connection" });
    expect(server.commands).toContain("STARTTLS");
    expect(server.commands.filter((command) => command.startsWith("AUTH"))).toEqual([]);
  });

  it("reports that no server listens", async () => {
    const { server, send } = await meet(() => undefined);
    await server.close();
    expect(await send()).toMatchObject({ failure: "connection", error: expect.stringContaining("ECONNREFUSED") });
  });
});
