import { describe, expect, it } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { ConsoleBrowser } from "../../support/http/console-browser.ts";
import { SETTINGS } from "../../support/http/requests.ts";
import { addAccount, codeOf, PASSWORD } from "../../worlds/console-accounts.ts";
import { CONSOLE_SECRET } from "../../worlds/operators.ts";

let db: Db;
ownDatabase(
  (own) => {
    db = own;
  },
  { ...SETTINGS, CONSOLE_SECRET },
);

describe("signing in", () => {
  it("takes password and code", async () => {
    const account = await addAccount(db, "staff");
    const browser = new ConsoleBrowser();
    expect((await browser.get("session")).body).toMatchObject({ operator: null, secondFactor: null });
    const first = await browser.post("sign-in", { email: "Staff@club.example", password: PASSWORD });
    expect(first.body).toEqual({ next: "second-factor" });
    expect((await browser.get("session")).body).toMatchObject({ operator: null, secondFactor: "required" });
    expect((await browser.get("sessions")).status).toBe(401);
    const second = await browser.post("sign-in/second-factor", { code: codeOf(account.secret) });
    expect(second).toMatchObject({ status: 200, body: { done: true } });
    expect((await browser.get("session")).body).toMatchObject({
      operator: { email: "staff@club.example", role: "staff", language: "en" },
      secondFactor: "verified",
    });
    expect([...browser.cookies.keys()]).toEqual(["__Secure-taktwerk.session_token"]);
  });
});
