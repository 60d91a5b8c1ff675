import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mailbox } from "../../../dev/mailbox/mailbox.ts";
import { startMailbox } from "../../../dev/mailbox/smtp-server.ts";
import { useConnection } from "../../../lib/db/client.ts";
import type { Connection } from "../../../lib/db/connection.ts";
import { emailQueue } from "../../../lib/mail/schema.ts";
import { freshPostgres } from "../../support/database/databases.ts";
import { send, sendRaw } from "../../support/mail/mailer.ts";
import { pngOf } from "../../support/mail/png.ts";

/** `/dev/mailbox`: received mails as their readers would see them, however hostile they are. */

const ATTACK = "<script>alert(1)</script>";
const ESCAPED = "&#60;script&#62;alert(1)&#60;/script&#62;";
const MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox";

describe("the mailbox", () => {
  let connection: Connection;
  let server: { port: number; close(): Promise<void> };
  let directory: string;

  beforeAll(async () => {
    connection = await freshPostgres();
    useConnection(connection);
  });
  afterAll(() => connection.close());
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "taktwerk-mails-"));
    server = await startMailbox(directory);
    return server.close;
  });

  async function open(path = "") {
    const response = await mailbox(new Request(`http://127.0.0.1/dev/mailbox${path}`), directory);
    const body = await response.text();
    return { status: response.status, headers: response.headers, body };
  }
  /** The texts of a list's cells, line by line. */
  async function list(query = "") {
    const { status, body } = await open(query);
    expect(status).toBe(200);
    const lines = [...body.matchAll(/<tr><td>(.*?)<\/tr>/gs)].map(([, line = ""]) => line);
    return lines.map((line) => line.split("</td>").map((cell) => cell.replace(/<[^>]*>/g, "").trim()));
  }

  it("is empty at first, even before it has a folder", async () => {
    directory = join(directory, "missing");
    expect((await open()).body).toContain("0 mails");
    expect((await open("/1")).status).toBe(404);
  });

  it("lists subject, sender, everybody it was for and when it came, the newest first", async () => {
    await send(server.port, { bcc: "boss@club.example" });
    await send(server.port, { from: "a@club.example", subject: "", to: "bob@club.example" });
    const [second = [], first = []] = await list();
    expect(second.slice(0, 3)).toEqual(["(no subject)", "a@club.example", "bob@club.example"]);
    expect(first.slice(0, 3)).toEqual([
      "Deine Wochenbilanz ist da!",
      "Taktwerk &#60;taktwerk@club.example&#62;",
      "ada@club.example, boss@club.example",
    ]);
    expect(first[3]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it("finds mails by recipient or subject in any case, and nothing else", async () => {
    await send(server.port, { subject: "Übungsziel erreicht" });
    await send(server.port, { to: "bob@club.example", subject: "Monatsabschluss" });
    const subjects = async (search: string) =>
      (await list(`?search=${encodeURIComponent(search)}`)).map(([subject]) => subject);
    expect(await subjects("ADA@")).toEqual(["Übungsziel erreicht"]);
    expect(await subjects(" übung")).toEqual(["Übungsziel erreicht"]);
    expect(await subjects("monat")).toEqual(["Monatsabschluss"]);
    expect(await subjects("club.example")).toHaveLength(2);
    expect(await subjects("taktwerk@")).toEqual([]);
    expect(await subjects("%")).toEqual([]);
    expect((await open(`?search=${encodeURIComponent(`"${ATTACK}`)}`)).body).toContain(`value="&#34;${ESCAPED}"`);
  });

  it("shows 200 at a time, and turns pages within a search", async () => {
    const file = (number: number) =>
      writeFile(join(directory, `${number}.eml`), `Subject: ${number % 2 ? "odd" : "even"} ${number}\r\n\r\n`);
    await Promise.all(Array.from({ length: 450 }, (_, n) => file(n + 1)));
    const subjects = async (query: string) => (await list(query)).map(([subject]) => subject);
    expect(await subjects("")).toHaveLength(200);
    expect((await subjects("?page=2"))[0]).toBe("even 250");
    expect(await subjects("?page=3")).toHaveLength(50);
    expect((await subjects("?search=odd&page=2"))[0]).toBe("odd 49");
    for (const odd of ["?page=99", "?page=3.7"]) expect(await subjects(odd)).toHaveLength(50);
    for (const odd of ["?page=0", "?page=-1", "?page=x", "?page="]) expect((await subjects(odd))[0]).toBe("even 450");
    expect((await open("?search=odd&page=2")).body).toContain('<a href="/dev/mailbox?search=odd&#38;page=1">Newer</a>');
  });

  it("tells how many mails wait in the queue and when the first is due", async () => {
    expect((await open()).body).toContain("No mail is waiting in the queue.");
    const mail = (status: string, scheduledAt: string) => ({
      dedupeKey: status,
      recipient: "ada@club.example",
      subject: "s",
      text: "t",
      html: "h",
      messageId: `<${status}@club.example>`,
      status,
      scheduledAt: new Date(scheduledAt),
      createdAt: new Date("2026-02-01T00:00:00Z"),
    });
    await connection.db
      .insert(emailQueue)
      .values([
        mail("pending", "2026-02-09T06:00:00Z"),
        mail("retrying", "2026-02-09T05:00:00Z"),
        mail("sent", "2026-02-08T00:00:00Z"),
        mail("failed", "2026-02-08T00:00:00Z"),
        mail("skipped", "2026-02-08T00:00:00Z"),
      ]);
    expect((await open()).body).toContain("2 mails wait in the queue; the first is due 2026-02-09T05:00:00.000Z.");
  });

  it("shows a mail with its headers, its views and its unsubscribe link", async () => {
    await send(server.port, {
      html: "<p>12 <b>Liegestütze</b></p>",
      date: new Date("2026-02-09T06:00:00Z"),
      list: { unsubscribe: [["https://taktwerk.example/out?token=a.b&x=1", "mailto:out@club.example"]] },
    });
    const { body, headers } = await open("/1");
    expect(body).toContain("<h1>Deine Wochenbilanz ist da!</h1>");
    expect(body).toContain("<dt>From</dt><dd>Taktwerk &#60;taktwerk@club.example&#62;</dd>");
    expect(body).toContain("<dt>To</dt><dd>Ada &#60;ada@club.example&#62;</dd>");
    expect(body).toContain("<dt>Date</dt><dd>2026-02-09T06:00:00.000Z</dd>");
    expect(body).toContain('<a href="https://taktwerk.example/out?token=a.b&#38;x=1" rel="noreferrer">');
    expect(body).toContain("<br>mailto:out@club.example</dd>");
    expect(body).toContain('sandbox src="/dev/mailbox/1/html"');
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    const html = await open("/1/html");
    expect([html.status, html.body.trim()]).toEqual([200, "<p>12 <b>Liegestütze</b></p>"]);
    expect(html.headers.get("content-security-policy")).toBe(MAIL_POLICY);
    const text = await open("/1/text");
    expect([text.headers.get("content-type"), text.body.trim()]).toEqual([
      "text/plain; charset=utf-8",
      "12 Liegestütze",
    ]);
    const raw = await open("/1/raw");
    expect(raw.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(raw.body).toMatch(/^From: Taktwerk .*MIME-Version: 1\.0/s);
  });

  it("offers attachments under their names, to be saved and never to be opened", async () => {
    await send(server.port, {
      attachments: [
        { filename: "termin.ics", content: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", contentType: "text/calendar" },
        { filename: `../"${ATTACK}'ü.html`, content: Buffer.from([0, 255, 128]), contentType: "text/html" },
        { content: "x", contentType: "application/octet-stream", filename: false },
      ],
    });
    const { body } = await open("/1");
    expect(body).toContain('<a href="/dev/mailbox/1/attachments/1">termin.ics</a> (text/calendar, 30 bytes)');
    expect(body).not.toContain(ATTACK);
    const saved = await open("/1/attachments/1");
    expect([saved.status, saved.body.trim()]).toEqual([200, "BEGIN:VCALENDAR\r\nEND:VCALENDAR"]);
    expect(saved.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''termin.ics");
    const hostile = await open("/1/attachments/2");
    expect(hostile.headers.get("content-type")).toBe("application/octet-stream");
    expect(hostile.headers.get("content-disposition")).toMatch(/^attachment; filename\*=UTF-8''[\w.%-]+$/);
    expect((await open("/1/attachments/3")).headers.get("content-disposition")).toContain("attachment-3");
    for (const none of ["0", "4", "99999", "x"]) expect((await open(`/1/attachments/${none}`)).status).toBe(404);
  });

  it("shows the pictures that a mail brings along, and offers them with its attachments", async () => {
    const png = pngOf(20);
    await send(server.port, {
      html: `<img src="cid:chart@club.example" alt="cid:chart@club.example"><IMG SRC = 'cid:chart@club.example'>`,
      attachments: [{ filename: "chart.png", content: png, cid: "chart@club.example" }],
    });
    const url = `data:image/png;base64,${png.toString("base64")}`;
    const { body, headers } = await open("/1/html");
    expect(body.trim()).toBe(`<img src="${url}" alt="cid:chart@club.example"><IMG SRC = '${url}'>`);
    expect(headers.get("content-security-policy")).toBe(MAIL_POLICY);
    expect((await open("/1")).body).toContain(">chart.png</a> (image/png,");
  });

  it.each([
    ["a part that is not there", {}],
    ["a part that is no picture", { contentType: "text/html", content: "<script>alert(1)</script>" }],
    ["a picture that could do more than be looked at", { contentType: "image/svg+xml", content: "<svg/>" }],
    ["a type that is none", { contentType: 'image/png" onerror="alert(1)' }],
  ])("leaves away %s", async (_, part) => {
    const html = '<img src="cid:a@club.example">';
    const cid = Object.keys(part).length === 0 ? "b@club.example" : "a@club.example";
    await send(server.port, { html, attachments: [{ content: pngOf(2), contentType: "image/png", cid, ...part }] });
    const shown = await open("/1/html");
    expect([shown.status, shown.body.trim()]).toEqual([200, html]);
  });

  it("shows a page no longer than can be shown, however often it repeats a picture", async () => {
    const attachments = [{ filename: "chart.png", content: pngOf(1000), cid: "a@club.example" }];
    await send(server.port, { html: '<img src="cid:a@club.example">'.repeat(5000), attachments });
    const { body } = await open("/1/html");
    expect(body.length).toBeLessThan(51_000_000);
    expect(body.match(/src="data:/g)?.length).toBeGreaterThan(20);
  });

  it("shows the text where a mail has no HTML", async () => {
    await send(server.port, { text: `12 < 13 ${ATTACK}` });
    expect((await open("/1")).body).toContain(`<pre>12 &#60; 13 ${ESCAPED}`);
    expect((await open("/1/html")).status).toBe(404);
  });

  it("lets a hostile mail say what it likes and do nothing", async () => {
    await send(server.port, {
      from: { name: ATTACK, address: "eve@club.example" },
      to: { name: `"${ATTACK}`, address: "ada@club.example" },
      cc: { name: ATTACK, address: "bob@club.example" },
      replyTo: { name: ATTACK, address: "eve@club.example" },
      subject: `</title>${ATTACK}`,
      html: `${ATTACK}<img src="https://tracker.example/p.png"><form action="https://evil.example"><input></form>`,
      headers: { "List-Unsubscribe": `<javascript:alert(1)>, <https://a.example/"${ATTACK}>, <https://>` },
    });
    for (const { body } of [await open(), await open("/1")]) {
      expect(body).not.toContain(ATTACK);
      expect(body).toContain(`&#60;/title&#62;${ESCAPED}`);
      expect(body).not.toContain('href="javascript');
    }
    const { headers } = await open("/1/html");
    expect(headers.get("content-security-policy")).toBe(MAIL_POLICY);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  const deep = Array.from(
    { length: 400 },
    (_, n) => `--b${n}\r\nContent-Type: multipart/mixed; boundary=b${n + 1}\r\n\r\n`,
  );
  it.each([
    ["nothing", "\r\n"],
    ["no headers", "\r\njust text\r\n"],
    ["no body", "Subject: s\r\n"],
    ["headers that are none", "this is not a header\r\nnor this\r\n\r\nbody\r\n"],
    [
      "an unknown charset",
      "Subject: =?klingon?B?4pyT?=\r\nContent-Type: text/plain; charset=klingon\r\n\r\n\xfc\xff\r\n",
    ],
    ["the wrong charset", "Content-Type: text/html; charset=utf-8\r\n\r\n<p>\xfc\xe4\xff\x00\xc3</p>\r\n"],
    ["broken encoded words", "Subject: =?utf-8?B?!!!?= =?utf-8?Q?=ZZ=F?= =?\r\n\r\nx\r\n"],
    ["a multipart without boundary", "Content-Type: multipart/mixed\r\n\r\n--x\r\n\r\nbody\r\n"],
    [
      "a multipart without end",
      "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>half",
    ],
    ["base64 that is none", "Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!$$$\r\n"],
    ["a date that is none", "Date: yesterday\r\nFrom: <<>>,;:@\r\nTo: ,,;\r\n\r\nx\r\n"],
    ["parts 400 deep", `Content-Type: multipart/mixed; boundary=b0\r\n\r\n${deep.join("")}`],
    ["headers of 3 MB", `Subject: ${"s".repeat(3_000_000)}\r\n\r\nx\r\n`],
    ["50,000 headers", `${"X-Many: 1\r\n".repeat(50_000)}\r\nx\r\n`],
    ["NUL and control characters", "Subject: a\x00b\x1b[31m\x07\r\nFrom: \x00\r\n\r\n\x00\x1b\r\n"],
    ["a part 1 MB long", `Content-Type: text/html\r\n\r\n${"<p>Liegestuetze</p>\r\n".repeat(50_000)}`],
  ])("survives a mail with %s", async (_, raw) => {
    await sendRaw(server.port, Buffer.from(raw, "latin1"));
    expect(await list()).toHaveLength(1);
    const page = await open("/1");
    expect(page.status).toBe(200);
    expect(page.body).toContain('<a href="/dev/mailbox/1/raw">Source</a>');
    for (const view of ["html", "text"]) expect([200, 404]).toContain((await open(`/1/${view}`)).status);
    expect((await open("/1/raw")).status).toBe(200);
  });

  it.each(["/0", "/2", "/-1", "/1x", "/1/", "/1/other", "/../start", "/1/raw/1", "/999999999999999", "/%2e%2e", "x"])(
    "has no %s",
    async (path) => {
      await send(server.port);
      expect((await open(path)).status).toBe(404);
    },
  );
});
