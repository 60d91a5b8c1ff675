import { globSync, readFileSync } from "node:fs";
import ts from "typescript";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { backgroundWork } from "../../../lib/http/background.ts";
import { secretsEqual } from "../../../lib/http/bearer.ts";
import { redirectLog } from "../../../lib/log.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { everyOperation, type OperationRequest, sendTo } from "../../support/http/every-operation.ts";
import { ADMIN_TOKEN, CRON_SECRET, SETTINGS } from "../../support/http/requests.ts";
import { signed, USER_SECRET } from "../../support/http/tokens.ts";
import { CONSOLE_SECRET } from "../../worlds/operators.ts";
import { addSite, READ_KEY, WRITE_KEY } from "../../worlds/site.ts";

const NAMES = [
  ..."token secret key authorization Authorization bearer access_token api_key apiKey apiToken auth".split(" "),
  ..."ADMIN_TOKEN admin_token CRON_SECRET cron_secret read_key write_key cancelToken password".split(" "),
];

describe("a secret", () => {
  let lines: string[] = [];
  let operations: OperationRequest[] = [];
  let secrets: Record<string, string> = {};
  let db: Db;
  ownDatabase(
    (own) => {
      db = own;
    },
    { ...SETTINGS, AUTH_JWT_SECRET: USER_SECRET, CONSOLE_SECRET },
  );
  beforeEach(async () => {
    await addSite(db);
    operations = await everyOperation();
    secrets = { ADMIN_TOKEN, CRON_SECRET, READ_KEY, WRITE_KEY, USER: await signed() };
    lines = [];
    redirectLog((_, line) => lines.push(line));
  });
  afterEach(() => redirectLog(() => {}));

  const isGuarded = ({ credentials }: OperationRequest) => credentials.length > 0;
  const withQuery = (one: OperationRequest, query: string): OperationRequest => ({
    ...one,
    path: `${one.path}${one.path.includes("?") ? "&" : "?"}${query}`,
  });

  it("in an address opens nothing, and is in no answer and no line of the log", async () => {
    expect(operations.filter(isGuarded).length).toBeGreaterThan(70);
    for (const one of operations) {
      for (const [whose, secret] of Object.entries(secrets)) {
        const query = NAMES.map((name) => `${name}=${encodeURIComponent(secret)}`).join("&");
        for (const path of [query, `authorization=Bearer%20${secret}`, `token=${secret}`]) {
          const answer = await sendTo(withQuery(one, path));
          const text = await answer.text();
          const what = `${whose} in the query of ${one.name}: ${answer.status} ${text}`;
          if (isGuarded(one)) expect(answer.status, what).toBe(401);
          else if (one.tag === "Operations") expect(text, what).not.toContain("checks");
          else if (answer.status < 300) expect(one.id, what).toMatch(/unsubscribe|listProviders|listServices/i);
          expect(text, what).not.toContain(secret);
        }
      }
    }
    await backgroundWork();
    for (const secret of Object.values(secrets)) expect(lines.filter((line) => line.includes(secret))).toEqual([]);
  });

  it("in a header of any other name, or in a cookie, opens nothing either", async () => {
    for (const one of operations.filter(isGuarded)) {
      for (const secret of Object.values(secrets)) {
        const headers = {
          cookie: `token=${secret}; authorization=Bearer ${secret}`,
          "x-api-key": secret,
          "x-auth-token": secret,
          "proxy-authorization": `Bearer ${secret}`,
          "x-admin-token": secret,
        };
        expect((await sendTo(one, headers)).status, one.name).toBe(401);
      }
    }
  });

  it("that is nearly right is wrong", async () => {
    const wrong = (secret: string) => [
      `${secret}x`,
      secret.slice(0, -1),
      secret.toUpperCase(),
      `x${secret}`,
      secret.replace(/.$/, "_"),
      `${secret},${secret}`,
    ];
    for (const [path, secret] of [
      ["/api/admin/monitoring", ADMIN_TOKEN],
      ["/api/admin/runs", ADMIN_TOKEN],
      ["/api/events/cleanup", CRON_SECRET],
      ["/api/v1/track/dashboard", READ_KEY],
    ] as const) {
      const one = operations.find(({ name }) => name === `GET ${path}`);
      if (one === undefined) throw new Error(`expected an operation at ${path}`);
      for (const token of wrong(secret)) {
        expect((await sendTo(one, { authorization: `Bearer ${token}` })).status, `${path} ${token}`).toBe(401);
      }
      for (const scheme of ["Basic ", "", "Token ", "Bearer: "]) {
        expect((await sendTo(one, { authorization: scheme + secret })).status, `${path} ${scheme}`).toBe(401);
      }
      expect((await sendTo(one, { authorization: `Bearer ${secret}` })).status, path).toBe(200);
    }
    await backgroundWork();
  });
});

describe("secrets are compared", () => {
  it("for equality, at any length", () => {
    for (const text of ["", "a", "a-secret", "ä€😀", "x".repeat(100_000)]) expect(secretsEqual(text, text)).toBe(true);
    for (const [a, b] of [
      ["", "a"],
      ["a", ""],
      ["a-secret", "a-secret "],
      ["a-secret", "a-secre"],
      ["a-secret", "A-secret"],
      ["x".repeat(100_000), "x".repeat(99_999)],
      ["\u00e4", "a\u0308"],
    ] as const) {
      expect(secretsEqual(a, b)).toBe(false);
    }
  });

  /** Operands of `===` and its like that are called as a secret is, but for what is compared with nothing or a literal. */
  function comparedOpenly(file: string, text = readFileSync(file, "utf8")): string[] {
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const found: string[] = [];
    const SECRET = /(secret|token|bearer|password|signature|apikey|(write|read)key|hash)$/i;
    // What was asked for is no secret to who asks again.
    const isSecret = (node: ts.Expression) =>
      SECRET.test(node.getText(source).replace(/[()!?]/g, "")) && !/requestHash$/.test(node.getText(source));
    const isPlain = (node: ts.Expression) =>
      ["undefined", "null"].includes(node.getText(source)) ||
      ts.isLiteralExpression(node) ||
      ts.isTypeOfExpression(node);
    const visit = (node: ts.Node): void => {
      if (ts.isBinaryExpression(node) && /^[!=]==?$/.test(node.operatorToken.getText(source))) {
        const { left, right } = node;
        if ((isSecret(left) || isSecret(right)) && !isPlain(left) && !isPlain(right)) found.push(node.getText(source));
      }
      if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
        const { name, expression } = node.expression;
        const argument = node.arguments[0];
        const compares = ["startsWith", "endsWith", "includes", "localeCompare"].includes(name.text);
        if (compares && argument && isSecret(argument) && isSecret(expression)) found.push(node.getText(source));
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  }

  it("in constant time, nowhere by ===", () => {
    // The stand-in for Google is for local runs, where its page tokens are not secret.
    const files = globSync("lib/**/*.ts");
    expect(files.length).toBeGreaterThan(200);
    expect(files.flatMap((file) => comparedOpenly(file).map((text) => `${file}: ${text}`))).toEqual([]);
  });

  it("which would be noticed", () => {
    expect(comparedOpenly("a.ts", "if (token === config().adminToken) go();")).toHaveLength(1);
    expect(comparedOpenly("a.ts", "if (given != secret || token === undefined) go();")).toHaveLength(1);
    expect(comparedOpenly("a.ts", "const ok = cancelToken.startsWith(token);")).toHaveLength(1);
  });
});
