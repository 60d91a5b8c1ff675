import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { Agent, createServer, request as open, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import fc from "fast-check";
import { type AnswerCheck, checkAnswersBy, type Received } from "../../../lib/cli/smoke/answer-check.ts";
import { openApiDocument } from "../../../scripts/openapi.ts";
import { smtpSink } from "../../fakes/smtp-sink.ts";
import { makeWorld, settingsFor } from "../../worlds/fuzz-world.ts";
import { builtFunctions } from "../built/built-functions.ts";
import { type Described, operationsOf } from "../http/api-document.ts";
import { type FuzzRequest, type FuzzWorld, fuzzRequests } from "./fuzz-requests.ts";

/** The built functions under a hail of requests, and what is wrong with their answers. */

const AT_ONCE = 8;
const CHUNK = 500;
const TIMEOUT_MS = 30_000;

export interface Finding {
  problem: string;
  request: FuzzRequest;
  answer: string;
}

export interface Fuzzed {
  /** Answers by status. */
  statuses: Record<number, number>;
  findings: Finding[];
  /** What the process of the functions tells on itself. */
  faults: string[];
}

export interface Target {
  operations: readonly Described[];
  world: FuzzWorld;
  /** Sends so many requests that follow from the seed; stops early where too much is found. */
  fuzz(count: number, seed: number): Promise<Fuzzed>;
  /** Sends these. */
  send(requests: readonly FuzzRequest[]): Promise<Fuzzed>;
  /** How many have been answered. */
  sent(): number;
  /** Bytes that the functions' process holds, after the garbage is gone. */
  heap(): Promise<number>;
  close(): Promise<void>;
}

const ENOUGH = 20;

/** Starts the functions of `.vercel/output` on a database with a world in it. */
export async function startTarget(databaseUrl: string): Promise<Target> {
  const sink = await smtpSink();
  const world = await makeWorld(databaseUrl);
  const document = await openApiDocument();
  const operations = operationsOf(document);
  const check = checkAnswersBy(document);
  const tracker = await errorTracker();
  const { port } = tracker.address() as AddressInfo;
  const server = await startServer(settingsFor(databaseUrl, sink.port, port) as NodeJS.ProcessEnv);
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

  let answered = 0;

  async function send(requests: readonly FuzzRequest[], sum = nothing()): Promise<Fuzzed> {
    const left = requests.values();
    const worker = async () => {
      for (const request of left) {
        const { status, problem, answer } = await judged(request);
        answered += 1;
        sum.statuses[status] = (sum.statuses[status] ?? 0) + 1;
        if (problem !== undefined) sum.findings.push({ problem, request: shortened(request), answer });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    sum.faults.push(...(await server.state()).faults);
    sink.mails.length = 0;
    return sum;
  }

  async function judged(request: FuzzRequest) {
    try {
      const received = await exchange(server.port, agent, request);
      if (received.status === 201) learn(world, request, received.text);
      return {
        status: received.status,
        problem: problemOf(check, request, received),
        answer: received.text.slice(0, 500),
      };
    } catch (error) {
      return { status: 0, problem: String(error), answer: "" };
    }
  }

  async function fuzz(count: number, seed: number): Promise<Fuzzed> {
    const sum = nothing();
    for (let sent = 0; sent < count && sum.findings.length + sum.faults.length < ENOUGH; sent += CHUNK) {
      const numRuns = Math.min(CHUNK, count - sent);
      await send(fc.sample(fuzzRequests(operations, world), { seed: seed + sent, numRuns }), sum);
    }
    return sum;
  }

  const close = async () => {
    agent.destroy();
    server.child.kill();
    tracker.close();
    await sink.close();
  };
  return {
    operations,
    world,
    fuzz,
    send,
    sent: () => answered,
    heap: async () => (await server.state("heap")).heap,
    close,
  };
}

/** As much of a request as one wants to read; the seed makes it whole again. */
const shortened = ({ target, body, ...request }: FuzzRequest): FuzzRequest => ({
  ...request,
  target: target.slice(0, 300),
  ...(body !== undefined && { body: body.slice(0, 500) }),
});

const nothing = (): Fuzzed => ({ statuses: {}, findings: [], faults: [] });

/** Takes error reports, and forgets them. */
async function errorTracker(): Promise<Server> {
  const server = createServer((incoming, outgoing) => incoming.resume().on("end", () => outgoing.end("{}")));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

interface State {
  heap: number;
  faults: string[];
}

async function startServer(env: NodeJS.ProcessEnv) {
  const functions = builtFunctions().map(({ path, handler }) => ({ path, handler }));
  const child: ChildProcess = fork(join(import.meta.dirname, "fuzz-server.mjs"), [JSON.stringify(functions)], {
    env,
    execArgv: ["--expose-gc", "--max-old-space-size=4096"],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  const state = async (asked: "heap" | "faults" = "faults"): Promise<State> => {
    if (!child.connected) return { heap: 0, faults: [`the functions' process ended with ${child.exitCode}`] };
    const told = once(child, "message");
    child.send(asked);
    const [said] = (await told) as [State];
    return said;
  };
  return { child, port, state };
}

function exchange(port: number, agent: Agent, { method, target, headers, body, bytes }: FuzzRequest) {
  const content = body === undefined ? undefined : Buffer.from(body, bytes ? "latin1" : "utf8");
  const length = content === undefined || "transfer-encoding" in headers ? {} : { "content-length": content.length };
  const options = { host: "127.0.0.1", port, agent, method, path: target, headers: { ...headers, ...length } };
  return new Promise<Received>((resolve, reject) => {
    const sent = open(options, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        text += part;
      });
      const answered = new Headers(
        response.rawHeaders.flatMap((name, n, all): [string, string][] =>
          n % 2 === 0 ? [[name, all[n + 1] ?? ""]] : [],
        ),
      );
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: answered, text }));
      response.on("error", reject);
    });
    sent.setTimeout(TIMEOUT_MS, () => sent.destroy(new Error(`no answer within ${TIMEOUT_MS} ms`)));
    sent.on("error", reject);
    sent.end(content);
  });
}

/** Later requests are about bookings that there are. */
function learn(world: FuzzWorld, { operationId }: FuzzRequest, text: string): void {
  if (operationId !== "createBooking" || world.bookingIds.length > 20) return;
  const { booking, cancelToken } = JSON.parse(text) as { booking: { id: string }; cancelToken: string };
  world.bookingIds.push(booking.id);
  world.secrets.cancelToken = cancelToken;
}

/** What no answer may show: where it came from, and what it was asked of the database. */
const LEAK = /\bat [^\s]+ \(|node_modules|\.js:\d+:\d+|postgres(ql)?:\/\/|insert into |Failed query/;

/** What is wrong with an answer; undefined for nothing. */
function problemOf(check: AnswerCheck, request: FuzzRequest, received: Received): string | undefined {
  if (LEAK.test(received.text)) return "the answer shows what is behind it";
  if (received.status >= 500) return `${received.status} where everything is set up`;
  const { pathname } = new URL(request.target, "http://127.0.0.1");
  return check({ method: request.method, path: pathname }, received)[0];
}
