import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Db } from "../../../lib/db/db.ts";
import { HTTP_STATUS } from "../../../lib/errors.ts";
import { backgroundWork } from "../../../lib/http/background.ts";
import { openApiDocument } from "../../../scripts/openapi.ts";
import { ownDatabase } from "../../support/database/own-database.ts";
import { api } from "../../support/http/api.ts";
import { type Described, operationsOf, sample, sampleOf } from "../../support/http/api-document.ts";
import { everyCaller, OPEN_SETTINGS } from "../../support/http/callers.ts";
import { addApiWorld } from "../../worlds/api-world.ts";
import { addOperators } from "../../worlds/operators.ts";

const document = await openApiDocument();
const operations = operationsOf(document);
const named = operations.map((operation) => ({ operation, name: `${operation.method} ${operation.path}` }));

/** These look at some parameters and take no notice of others: links, beacons and watchdogs carry what they like. */
const LENIENT = /^\/(health(\/db)?|api\/(health|events\/emails\/unsubscribe|v1\/track(\/async|\/status)?))$/;

let db: Db;
ownDatabase((own) => {
  db = own;
}, OPEN_SETTINGS);

/** The headers of a holder of each credential who may do everything. */
let holders: ReadonlyMap<string | undefined, Record<string, string>>;
beforeAll(async () => {
  const callers = (await everyCaller()).filter(({ where, role = "admin" }) => where === undefined && role === "admin");
  holders = new Map(callers.map(({ credential, headers }) => [credential, headers]));
});
beforeEach(async () => {
  await addApiWorld(db);
  await addOperators(db);
});

interface Sent {
  query?: Record<string, string>;
  body?: unknown;
}

const holderOf = ({ security: [first = {}] }: Described) => holders.get(Object.keys(first)[0]) ?? {};

/** Sends what the document says that is to be sent, except for what a test says. */
async function send(operation: Described, over: Sent = {}) {
  const valid = sampleOf(operation);
  const { query, body } = { query: valid.query, body: valid.body, ...over };
  const headers = {
    ...valid.headers,
    ...holderOf(operation),
    ...(body !== undefined && { "content-type": "application/json" }),
  };
  const url = new URL(`https://taktwerk.example${valid.path}?${new URLSearchParams(query)}`);
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await api(new Request(url, { method: operation.method, headers, ...content }));
  const text = await response.text();
  await backgroundWork();
  const isJson = /json/.test(response.headers.get("content-type") ?? "");
  return { status: response.status, body: isJson && text !== "" ? JSON.parse(text) : text };
}

const ERROR = {
  status: "error",
  error: {
    code: expect.toBeOneOf(Object.keys(HTTP_STATUS)),
    message: expect.any(String),
    requestId: expect.any(String),
  },
};

/** The codes of what was refused for not being what was expected, in an answer or a result of a batch. */
function illFormed(body: { error?: Code; results?: { error?: Code }[] }): Code[] {
  const errors = [body.error, ...(body.results ?? []).map(({ error }) => error)];
  return errors.filter((error): error is Code => error?.code.startsWith("invalid-") === true);
}

interface Code {
  code: string;
  field?: string;
}

describe("the API's document", () => {
  it("has every method that its paths serve, and nothing that is refused", async () => {
    const served = await Promise.all(Object.keys(document.paths).map(servedAt));
    expect(named.map(({ name }) => name).sort()).toEqual(served.flat().sort());
  });

  it("has a summary of one sentence, an area and a name of its own for each operation", () => {
    const areas = document.tags.map(({ name }) => name);
    for (const { summary, tags } of operations) {
      expect(summary).toMatch(/^[A-Z].*\.$/);
      expect(areas).toEqual(expect.arrayContaining(tags));
    }
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });

  it("has no field in any answer for a hash, a salt or a secret", () => {
    const fields = operations.flatMap(({ responses }) => fieldsIn(responses));
    expect(fields.length).toBeGreaterThan(500);
    expect(fields.filter((name) => /hash|salt|secret|password/i.test(name))).toEqual([]);
  });

  it("says of dates, whole numbers, switches, instants and zones what they are", () => {
    const schemaOf = (path: string, name: string) =>
      operations
        .find((operation) => operation.path === path && operation.method === "GET")
        ?.parameters.find((parameter) => parameter.name === name)?.schema;
    expect(schemaOf("/api/tracking/metrics", "from")).toMatchObject({ type: "string", format: "date" });
    const days = { type: "integer", minimum: 1, maximum: 365, default: 30 };
    expect(schemaOf("/api/admin/slots/metrics", "days")).toEqual(days);
    expect(schemaOf("/api/events/weekly", "dryRun")).toEqual({ type: "boolean", default: false });
    const dateOrInstant = [{ format: "date" }, { format: "date-time" }];
    expect(schemaOf("/api/admin/bookings", "from")).toMatchObject({ anyOf: dateOrInstant });
    expect(schemaOf("/api/slots", "timezone")).toMatchObject({ type: "string", examples: ["Europe/Berlin"] });
  });

  it("says of a batch what its items are, though they are parsed one by one", () => {
    const operation = operations.find(({ operationId }) => operationId === "saveUsers");
    expect(operation?.requestBody?.content["application/json"]?.schema).toMatchObject({
      properties: {
        users: { maxItems: 1000, items: { required: ["id"], properties: { language: { enum: ["de", "en"] } } } },
      },
    });
  });
});

/** The names of all fields that schemas within a part of the document have. */
function fieldsIn(part: unknown): string[] {
  if (typeof part !== "object" || part === null) return [];
  const own = "properties" in part ? Object.keys(part.properties as object) : [];
  return [...own, ...Object.values(part).flatMap(fieldsIn)];
}

async function servedAt(path: string): Promise<string[]> {
  const url = `https://taktwerk.example${path.replace(/\{\w+\}/g, "7")}`;
  const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const; // HEAD follows from GET
  const statuses = await Promise.all(
    methods.map(async (method) => [method, (await api(new Request(url, { method }))).status]),
  );
  return statuses.filter(([, status]) => status !== 405).map(([method]) => `${method} ${path}`);
}

describe("a request, by the document", () => {
  it.each(named)("of $name is taken as it is described", async ({ operation }) => {
    const { status, body } = await send(operation);
    expect(illFormed(body)).toEqual([]);
    expect(Object.keys(operation.responses)).toContain(String(status));
  });

  const queried = named.flatMap(({ operation, name }) =>
    operation.parameters
      .filter((parameter) => parameter.in === "query" && !LENIENT.test(operation.path))
      .map((parameter) => ({ operation, parameter, name: `${parameter.name} of ${name}` })),
  );

  it.each(queried)("with $name is taken as it is described", async ({ operation, parameter }) => {
    const value = String(parameter.example ?? sample(parameter.schema));
    const { body } = await send(operation, {
      query: { ...sampleOf(operation).query, ...spanOf(operation), [parameter.name]: value },
    });
    expect(illFormed(body).filter(({ field }) => field === parameter.name)).toEqual([]);
  });

  it.each(queried)("with $name of another kind is refused", async ({ operation, parameter }) => {
    const { status, body } = await send(operation, { query: { ...sampleOf(operation).query, [parameter.name]: " " } });
    expect(status).toBe(400);
    expect(body).toMatchObject(ERROR);
    expect(body.error).toMatchObject({ code: "invalid-parameter", field: parameter.name });
  });

  it.each(named.filter(({ operation }) => !LENIENT.test(operation.path)))(
    "of $name with a parameter that it does not list is refused",
    async ({ operation }) => {
      const { status, body } = await send(operation, { query: { ...sampleOf(operation).query, surprise: "1" } });
      expect(body).toMatchObject(ERROR);
      expect(status).toBe(400);
      expect(body.error).toMatchObject({ code: "invalid-parameter", field: "surprise" });
    },
  );

  const bodied = named.filter(({ operation }) => operation.requestBody !== undefined);

  it.each(bodied)("of $name with a body of another kind is refused", async ({ operation }) => {
    const isStrict = operation.requestBody?.content["application/json"]?.schema.additionalProperties === false;
    for (const body of [[], "text", 7, ...(isStrict ? [{ surprise: 1 }] : [])]) {
      const refused = await send(operation, { body });
      expect([400, 422]).toContain(refused.status);
      expect(refused.body).toMatchObject(ERROR);
    }
  });
});

it("of a site to take its events to their end is refused with a body that is no object", async () => {
  const operation = named.find(({ name }) => name === "POST /api/v1/track/process")?.operation as Described;
  for (const body of [[], ["replay"], "replay", 7]) {
    expect(await send({ ...operation, security: [{ siteReadKey: [] }] }, { body })).toMatchObject({
      status: 400,
      body: ERROR,
    });
  }
});

/** Of a span both ends, since one alone may be too far from today. */
function spanOf({ parameters }: Described): Record<string, string> {
  const ends = parameters.filter(({ name }) => name === "from" || name === "to");
  return Object.fromEntries(ends.map(({ name, schema, example }) => [name, String(example ?? sample(schema))]));
}
