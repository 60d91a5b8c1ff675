import { connect } from "node:net";
import { text } from "node:stream/consumers";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { serve } from "../../dev/server.ts";
import { providers, services as servicesTable } from "../../lib/booking/schema.ts";
import { configure } from "../../lib/config/config.ts";
import type { Db } from "../../lib/db/db.ts";
import { sendDirectly } from "../../lib/mail/delivery/send-directly.ts";
import { emailQueue } from "../../lib/mail/schema.ts";
import { type Sink, smtpSink } from "../fakes/smtp-sink.ts";
import { book, inHours } from "../support/booking/booking-requests.ts";
import { ownDatabase } from "../support/database/own-database.ts";
import { POST } from "../support/http/api.ts";
import { everyOperation, type OperationRequest, sendTo } from "../support/http/every-operation.ts";
import { ADMIN_TOKEN, call, type Refusal, SETTINGS } from "../support/http/requests.ts";
import { fireDispatch, mail, queue } from "../support/mail/dispatch-run.ts";
import { addSite, READ_KEY } from "../worlds/site.ts";
import { addProvider, addService, addSlots } from "../worlds/slots.ts";

/** Ends of lines as programs of any kind know them, each with a header behind it. */
const ENDS = ["\r\n", "\n", "\r", "\n\n", "\r\n\r\n", "\v", "\f", "\u0085", "\u2028", "\u2029"];
const BROUGHT = ENDS.map((end) => `Ada${end}X-Injected: yes${end}Bcc: eve@evil.example`);

/** The fields of a mail's head, unfolded; and of an .ics its lines. */
const fieldsOf = (raw: string): string[] => (raw.split("\r\n\r\n", 1)[0] ?? "").split(/\r\n(?![ \t])/);
const linesOf = (calendar: string): string[] => calendar.replace(/\r\n[ \t]/g, "").split("\r\n");
const injected = (line: string): boolean => /^\s*(x-injected|bcc|attendee:mailto:eve)/i.test(line);

describe("a line that ends where none should", () => {
  let db: Db;
  let sink: Sink;
  const settings = () => ({
    ...SETTINGS,
    SMTP_HOST: "127.0.0.1",
    SMTP_PORT: String(sink.port),
    EMAIL_FROM: "Taktwerk <mail@club.example>",
  });
  beforeAll(async () => {
    sink = await smtpSink();
  });
  afterAll(() => sink.close());
  ownDatabase((own) => {
    db = own;
  }, SETTINGS);
  beforeEach(() => {
    configure(settings());
    sink.mails.length = 0;
  });

  /** What the server got, with nothing in it that was brought in. */
  async function expectClean(count: number): Promise<void> {
    expect(sink.mails).toHaveLength(count);
    for (const { raw, to } of sink.mails) {
      const written = raw.toString("latin1");
      expect(fieldsOf(written).filter(injected)).toEqual([]);
      expect(written.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
      expect(to.filter((address) => address.includes("evil"))).toEqual([]);
      const parsed = await PostalMime.parse(raw, { attachmentEncoding: "utf8" });
      expect(parsed.bcc ?? []).toEqual([]);
      expect(parsed.headers.map(({ key }) => key)).not.toContain("x-injected");
      for (const { content } of parsed.attachments) expect(linesOf(String(content)).filter(injected)).toEqual([]);
    }
  }

  it("in a subject or a text adds no line to the head of a mail", async () => {
    await queue(
      db,
      BROUGHT.map((subject, n) => mail(`m${n}`, { subject, text: subject, html: `<p>${subject}</p>` })),
    );
    expect(await fireDispatch(db)).toMatchObject({ processed: BROUGHT.length });
    await expectClean(BROUGHT.length);
  });

  it("in an address makes it one that nothing is sent to", async () => {
    await queue(
      db,
      ENDS.map((end, n) => mail(`m${n}`, { recipient: `ada@club.example${end}Bcc: eve@evil.example` })),
    );
    await fireDispatch(db);
    await expectClean(0);
    expect(new Set((await db.select().from(emailQueue)).map(({ status }) => status))).toEqual(new Set(["failed"]));
  });

  it("in a title adds none to the head of an alert", async () => {
    for (const [n, subject] of BROUGHT.entries()) {
      await sendDirectly({ id: `alert-${n}`, to: "operator@club.example", subject, text: subject, date: new Date() });
    }
    await expectClean(BROUGHT.length);
  });

  it("in the name of who books, of a service or a provider is refused, or adds none to the mail and its invitation", async () => {
    let slot = 0;
    let taken = 0;
    for (const name of BROUGHT) {
      await addProvider(db, { id: `p${slot}`, name });
      await addService(db, { id: `s${slot}`, name, providerId: `p${slot}` });
      const [id = 0] = await addSlots(db, { serviceId: `s${slot}`, providerId: `p${slot}`, startsAt: inHours(2) });
      const { status, body } = await book(id, { name });
      if (status === 422) {
        expect(body.error).toMatchObject({ field: "name" });
        expect((await book(id)).status).toBe(201);
      } else expect(status).toBe(201);
      slot += 1;
      taken += 1;
    }
    await fireDispatch(db, new Date(Date.now() + 1_000), { limit: 100 });
    const invited = sink.mails.filter(({ raw }) => raw.includes("text/calendar"));
    expect(invited).toHaveLength(taken);
    await expectClean(sink.mails.length);
  });

  it.each(["\r\n", "\n", "\r"])("(%j) is refused by name where people and things are set up", async (end) => {
    const name = `Ada${end}Bcc: eve@evil.example`;
    const refusals = [
      await call<Refusal>(POST, "/api/admin/sites", { json: { customerId: "shop", name } }),
      await call<Refusal>(POST, "/api/admin/sites", { json: { customerId: `shop${end}x` } }),
      await book(1, { name }),
      await book(1, { email: `ada@club.example${end}Bcc: eve@evil.example` }),
    ];
    for (const { status, body } of refusals) {
      expect(status).toBe(422);
      expect(body.error.field).toMatch(/^(name|customerId|email)$/);
    }
    for (const field of ["nickname", "firstName", "email"]) {
      const json = { users: [{ id: "ada", [field]: name }] };
      const { body } = await call(POST, "/api/sport/users", { json });
      expect(body).toMatchObject({ taken: 0 });
    }
    const json = { services: [{ id: "s", providerId: "p", name, durationMinutes: 60, price: 1 }] };
    expect((await call(POST, "/api/admin/services", { json })).status).toBeGreaterThanOrEqual(400);
    expect([await db.$count(providers), await db.$count(servicesTable)]).toEqual([0, 0]);
  });

  it("in a query, a path, a body or a header that can hold it adds no header to any answer", async () => {
    await addSite(db);
    const usual = new Set(
      "access-control-allow-headers access-control-allow-methods access-control-expose-headers access-control-max-age allow cache-control content-language content-security-policy content-type etag idempotency-replayed retry-after vary www-authenticate x-robots-tag"
        .split(" ")
        .concat("ratelimit", "ratelimit-policy", "ratelimit-limit", "ratelimit-remaining", "ratelimit-reset")
        .concat("server-timing", "x-request-id", "x-execution-id"),
    );
    const evil = encodeURIComponent("x\r\nX-Injected: yes");
    const headers = {
      "x-customer-id": evil,
      "idempotency-key": evil,
      origin: `https://${evil}.example`,
      "x-vercel-id": evil,
      "accept-language": evil,
      "x-vercel-cron-schedule": evil,
    };
    for (const one of await everyOperation()) {
      for (const token of [ADMIN_TOKEN, READ_KEY, SETTINGS.CRON_SECRET]) {
        const query = `${one.path.includes("?") ? "&" : "?"}a=${evil}`;
        for (const asked of [
          one,
          { ...one, path: one.path + query },
          { ...one, json: { a: "x\r\nX-Injected: yes" } },
        ]) {
          const bodied: OperationRequest = one.json === undefined ? { ...asked, json: undefined } : asked;
          const answer = await sendTo(bodied, { ...headers, authorization: `Bearer ${token}` });
          const strange = [...answer.headers.keys()].filter((name) => !usual.has(name));
          expect(strange, one.name).toEqual([]);
          for (const [name, value] of answer.headers) expect(value, name).not.toMatch(/injected/i);
        }
      }
    }
  });

  it("as it comes over the wire adds none either", async () => {
    const { url, close } = await serve(0);
    const { port } = new URL(url);
    const ask = async (head: string) => {
      const socket = connect(Number(port), "127.0.0.1");
      socket.write(`${head}\r\nConnection: close\r\n\r\n`);
      return (await text(socket)).split("\r\n\r\n", 1)[0] ?? "";
    };
    for (const head of [
      "GET /api/slots?providerId=%0d%0aX-Injected:%20yes HTTP/1.1\r\nHost: a.example",
      "GET /api/health%0d%0aX-Injected:%20yes HTTP/1.1\r\nHost: a.example",
      "GET /%0d%0aX-Injected:%20yes HTTP/1.1\r\nHost: a.example",
      "GET /api/health HTTP/1.1\r\nHost: a.example\r\nOrigin: https://a.example\nX-Injected: yes",
      "GET /api/health HTTP/1.1\r\nHost: a.example\r\nOrigin: https://a.example\r\n X-Injected: yes",
      "GET /api/v1/track/status HTTP/1.1\r\nHost: a.example\r\nX-Customer-ID: shop\rX-Injected: yes",
      "GET /api/bookings HTTP/1.1\r\nHost: a.example\r\nIdempotency-Key: a\nX-Injected: yes",
      "OPTIONS /api/v1/track HTTP/1.1\r\nHost: a.example\r\nOrigin: https://a.example%0d%0aX-Injected: yes",
    ]) {
      const answer = await ask(head);
      expect(answer, head).toMatch(/^HTTP\/1\.1 \d{3} /);
      expect(
        answer.split(/\r\n|\r|\n/).filter((line) => /^x-injected/i.test(line)),
        head,
      ).toEqual([]);
    }
    await close();
  });

  it("or another control character makes an Idempotency-Key none", async () => {
    for (const key of [
      "a-key-of-16-bytes\u0001",
      "a-key-of-16-bytes\u007f",
      "a-key-of-16-bytes\u00e4",
      "a-key\twith-a-tabulator",
    ]) {
      const { status, body } = await book(1, {}, { headers: { "idempotency-key": key } });
      expect([status, body.error?.field], JSON.stringify(key)).toEqual([400, "Idempotency-Key"]);
    }
  });
});
