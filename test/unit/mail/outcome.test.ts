import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideOutcome } from "../../../lib/mail/delivery/outcome.ts";
import { classifySmtpError } from "../../../lib/mail/delivery/smtp-errors.ts";
import { runs } from "../../support/thorough.ts";

/** How replies of a server are classified, and when a mail is tried again: without a server and without a clock. */

const NOW = new Date("2026-02-09T06:00:00Z");

const refused = (response: string, stage: "envelope" | "content" = "envelope") =>
  classifySmtpError(Object.assign(new Error("x"), { response, command: "RCPT TO" }), stage);
const outcome = (response: string, attempts: number, random = 0) =>
  decideOutcome({ id: 1, attempts }, { sent: false, ...refused(response) }, NOW, random);
const delay = (response: string, attempts: number, random = 0) =>
  ((outcome(response, attempts, random).retryAt?.getTime() ?? Number.NaN) - NOW.getTime()) / 60_000;

describe("the next attempt", () => {
  it("comes after 1 and 2 minutes plus up to a quarter, and there is no fourth", () => {
    expect([delay("451 x", 1), delay("451 x", 2)]).toEqual([1, 2]);
    expect([delay("451 x", 1, 1), delay("451 x", 2, 1)]).toEqual([1.25, 2.5]);
    expect(outcome("451 x", 3)).toMatchObject({ status: "failed", failedAfterRetries: true, retryAt: null });
  });

  it.each([
    ["450 4.7.1 try again in 5 minutes", 5],
    ["450 4.2.0 Greylisted for 300 seconds", 5],
    ["451 4.7.1 Greylisting in action, please come back in 00:05:00", 1], // a form that is not understood
    ["450 retry after 2 h", 120],
    ["450 wait 90s", 1.5],
    ["450 wait 10 min", 10],
    ["450 wait 3 hours", 180],
    ["450 wait 900000 hours", 1440], // a day at most
    ["450 wait 500 ms", 1],
    ["450 4.1.8 sender rejected", 1],
    ["450 4.7.1 <10.0.0.5 smtp>: rejected", 1],
    ["421 4.7.0 come back in 10 minutes", 10],
  ])("after %s comes in %d minutes", (reply, minutes) => {
    expect(delay(reply, 1)).toBe(minutes);
  });

  it("is never earlier than the backoff, nor than the delay that the server names", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999_999 }),
        fc.integer({ min: 1, max: 2 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (seconds, attempts, random) => {
          const minutes = delay(`450 try again in ${seconds} seconds`, attempts, random);
          expect(minutes).toBeGreaterThanOrEqual(Math.max(2 ** (attempts - 1), Math.min(seconds / 60, 1440)) - 1e-4);
        },
      ),
    );
  });
});

describe("an unknown mailbox", () => {
  it.each([
    ["550 5.1.1 <ada@club.example>: Recipient address rejected: User unknown", true],
    ["550-5.1.1 The email account that you tried\n550 5.1.1 does not exist", true],
    ["553 5.1.3 bad address", true],
    ["550 5.1.10 RESOLVER.ADR.RecipientNotFound", true],
    ["550 No such user here", true],
    ["551 user does not exist", true],
    ["550 5.7.1 user unknown to our policy", false],
    ["552 5.2.2 mailbox full", false],
    ["554 5.1.10 x", true],
    ["554 no such user", false],
    ["550 rejected as spam", false],
    ["450 4.1.1 unknown for now", false],
  ])("is recognised in %s: %s", (reply, unknown) => {
    expect(refused(reply).unknownMailbox).toBe(unknown);
  });

  it("is not assumed if the server refuses the sender", () => {
    const fault = Object.assign(new Error("x"), { response: "550 5.1.1 unknown sender", command: "MAIL FROM" });
    expect(classifySmtpError(fault, "envelope")).toMatchObject({ failure: "permanent", unknownMailbox: false });
  });
});

describe("the error of a failure", () => {
  it("can be stored, for any reply of the server", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 800 }),
        fc.constantFrom("envelope", "content"),
        (words, stage) => {
          const { error, failure } = refused(words, stage as "envelope" | "content");
          expect(error.length).toBeLessThanOrEqual(500);
          expect(error.isWellFormed()).toBe(true);
          expect(error).not.toMatch(/\p{Cc}/u);
          if (stage === "content" && !/^[45]\d\d/.test(words)) expect(failure).toBe("unknown");
        },
      ),
      { numRuns: runs(500) },
    );
  });

  it("describes a fault of the database without the statement", () => {
    const cause = new Error("terminating connection");
    const fault = Object.assign(new Error("Failed query: update email_queue", { cause }), { code: "ESTREAM" });
    expect(classifySmtpError(fault, "envelope")).toMatchObject({
      failure: "transient",
      error: "terminating connection",
    });
  });
});
