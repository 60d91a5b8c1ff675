import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createConnection } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { listMails } from "../../../dev/mailbox/mail-list.ts";
import { readMail } from "../../../dev/mailbox/mail-store.ts";
import { startMailbox } from "../../../dev/mailbox/smtp-server.ts";
import { breakOff, send, sendRaw } from "../../support/mail/mailer.ts";

/** The local run's SMTP server stores each accepted mail as a file, before anything else can fail. */

describe("the built-in SMTP server", () => {
  let directory: string;
  beforeEach(async () => {
    directory = join(await mkdtemp(join(tmpdir(), "taktwerk-mails-")), "mailbox");
  });

  async function start() {
    const mailbox = await startMailbox(directory);
    onTestFinished(() => mailbox.close());
    return mailbox;
  }
  const files = async () => (await readdir(directory)).sort();
  const subjects = async () => (await listMails(directory, "", 1)).mails.map(({ subject }) => subject);

  it("keeps each mail byte for byte, and beside it whom it was for", async () => {
    const { port } = await start();
    const raw = "From: a@club.example\r\nSubject: one\r\n\r\n.a line that begins with a dot\r\n\r\n--\xa0\r\n";
    await send(port, {
      raw: Buffer.from(raw, "latin1"),
      envelope: { from: "a@x.example", to: ["b@x.example", "c@x.example"] },
    });
    const mail = await readMail(directory, 1);
    expect(mail?.source.toString("latin1")).toBe(raw);
    expect(mail?.envelope).toMatchObject({ from: "a@x.example", to: "b@x.example, c@x.example" });
    expect(mail?.envelope.received).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it("numbers mails in the order of their arrival, and lists the newest first", async () => {
    const { port } = await start();
    for (const subject of ["one", "two", "three"]) await send(port, { subject });
    expect(await files()).toEqual(["1.eml", "2.eml", "3.eml"]);
    expect(await subjects()).toEqual(["three", "two", "one"]);
  });

  it("gives each of many that come at once its own number", async () => {
    const { port } = await start();
    await Promise.all(Array.from({ length: 30 }, (_, n) => send(port, { subject: `mail ${n}` })));
    expect((await files()).length).toBe(30);
    expect(new Set(await subjects()).size).toBe(30);
  });

  it("goes on numbering after a restart", async () => {
    const first = await start();
    await send(first.port, { subject: "before" });
    await first.close();
    const second = await start();
    await send(second.port, { subject: "after" });
    expect(await files()).toEqual(["1.eml", "2.eml"]);
    expect(await subjects()).toEqual(["after", "before"]);
  });

  it("takes mails after its folder was deleted", async () => {
    const { port } = await start();
    await send(port);
    await rm(directory, { recursive: true });
    await send(port);
    expect(await files()).toEqual(["2.eml"]);
  });

  it("loses no mail where a second one works on the same folder", async () => {
    const servers = [await start(), await start()];
    await Promise.all(servers.flatMap(({ port }) => [send(port), send(port), send(port)]));
    expect((await files()).length).toBe(6);
  });

  it("keeps the newest 5,000", async () => {
    await mkdir(directory);
    const older = (number: number) => writeFile(join(directory, `${number}.eml`), "Subject: older\r\n\r\n");
    await Promise.all([1, 2, 3, 4999, 5001, 5002].map(older));
    const { port } = await start();
    expect(await files()).toEqual(["3.eml", "4999.eml", "5001.eml", "5002.eml"]);
    await send(port);
    expect(await files()).toEqual(["4999.eml", "5001.eml", "5002.eml", "5003.eml"]);
  });

  it.each(["end", "resetAndDestroy"] as const)(
    "keeps nothing of a mail cut short by %s, and serves on",
    async (how) => {
      const { port } = await start();
      await breakOff(port, how);
      await send(port, { subject: "whole" });
      expect(await subjects()).toEqual(["whole"]);
      await expect.poll(files).toEqual(["1.eml"]);
    },
  );

  it("takes a mail of 5 MB and refuses one of 30 MB", async () => {
    const { port } = await start();
    await send(port, { text: "Liegestütze ".repeat(400_000) });
    await expect(send(port, { text: "x".repeat(30_000_000) })).rejects.toThrow(/maximum|size/i);
    expect(await files()).toEqual(["1.eml"]);
  });

  it("takes mails without sender, with addresses of any script, and with many recipients", async () => {
    const { port } = await start();
    await send(port, { envelope: { from: "", to: "ada@club.example" } });
    await send(port, { envelope: { from: "zoë@club.example", to: "jürgen@club.example" } });
    const many = Array.from({ length: 500 }, (_, n) => `member-${n}@club.example`);
    await send(port, { envelope: { from: "a@club.example", to: many } });
    expect((await readMail(directory, 1))?.envelope).toMatchObject({ from: "", to: "ada@club.example" });
    expect((await readMail(directory, 2))?.envelope).toMatchObject({
      from: "zoë@club.example",
      to: "jürgen@club.example",
    });
    expect((await readMail(directory, 3))?.envelope.to).toBe(many.join(", "));
  });

  it.each([
    ["claims another envelope", "X-Envelope-To: eve@club.example\r\nSubject: s\r\n\r\nbody\r\n"],
    ["begins in the middle of a header", " eve@club.example\r\nSubject: s\r\n\r\nbody\r\n"],
    ["has no headers", "\r\nbody\r\n"],
  ])("is not misled by a mail that %s", async (_, raw) => {
    const { port } = await start();
    await sendRaw(port, raw);
    const mail = await readMail(directory, 1);
    expect(mail?.source.toString()).toBe(raw);
    expect(mail?.envelope.to).toBe("ada@club.example");
    expect(mail?.envelope.received).toMatch(/Z$/);
  });

  it("listens on loopback alone", async () => {
    const { port } = await start();
    const elsewhere = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
    for (const { address, internal, family } of elsewhere) {
      if (internal || family !== "IPv4") continue;
      await expect(once(createConnection(port, address), "connect")).rejects.toThrow("ECONNREFUSED");
    }
  });
});
