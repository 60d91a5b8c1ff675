import {
  createCheckInEnvelope,
  createEventEnvelope,
  createTransport,
  type DsnComponents,
  type Envelope,
  getEnvelopeEndpointWithUrlEncodedAuth,
  makeDsn,
  SDK_VERSION,
  type Transport,
} from "@sentry/core";
import { type Config, config } from "../config/config.ts";
import { AppError, describeError } from "../errors.ts";
import type { CheckIn } from "./check-in.ts";
import { eventOf, idOf, type Where } from "./sentry-event.ts";

/**
 * The only module that uses Sentry's client: its envelopes, and its transport, which respects Sentry's rate limits. It uses no
 * globals, scopes or instrumentation, so only the data named here is sent.
 */

const LIMIT_MS = 2_000;

const SDK = { sdk: { name: "sentry.javascript.core", version: SDK_VERSION } };

/** Sends an error. @returns The id of the event. @throws AppError `unavailable` with the reason if it was not accepted. */
export async function sendError(error: unknown, where: Where): Promise<string> {
  const { environment, release } = settings();
  const event = { ...eventOf(error, where), environment, ...(release === undefined ? {} : { release }) };
  await send(createEventEnvelope(event, undefined, SDK));
  return event.event_id ?? "";
}

/** Sends the state of a run and the schedule of its job. @throws AppError `unavailable`. */
export async function sendCheckIn({ job, attemptId, status, durationMs, monitor }: CheckIn): Promise<void> {
  const { environment, release } = settings();
  const checkIn = {
    check_in_id: idOf(attemptId),
    monitor_slug: job,
    status,
    environment,
    ...(release === undefined ? {} : { release }),
    ...(durationMs === undefined ? {} : { duration: durationMs / 1000 }),
    ...(monitor === undefined
      ? {}
      : {
          monitor_config: {
            schedule: monitor.schedule,
            checkin_margin: monitor.marginMinutes,
            max_runtime: monitor.longestMinutes,
            timezone: "UTC",
          },
        }),
  };
  await send(createCheckInEnvelope(checkIn, undefined, SDK));
}

function settings(): NonNullable<Config["sentry"]> {
  const { sentry } = config();
  if (sentry === undefined) throw new AppError("not-configured", "SENTRY_DSN: expected a DSN, got none");
  return sentry;
}

async function send(envelope: Envelope): Promise<void> {
  let response: { statusCode?: number };
  try {
    response = await transportTo(settings().dsn).send(envelope);
  } catch (cause) {
    throw new AppError("unavailable", `the error tracker cannot be reached: ${reasonOf(cause)}`, { cause });
  }
  const { statusCode } = response;
  if (statusCode === undefined) throw new AppError("unavailable", "the error tracker has asked for a pause");
  if (statusCode >= 300) throw new AppError("unavailable", `the error tracker answered ${statusCode}`);
}

/** The reason by code or kind, because the message may contain an address. */
function reasonOf(cause: unknown): string {
  const { code } = describeError(cause);
  if (cause instanceof Error && cause.name === "TimeoutError") return `no answer within ${LIMIT_MS} ms`;
  return code;
}

let known: { dsn: string; transport: Transport } | undefined;

/** Each instance has one transport, because the transport remembers how long Sentry asked it to pause. */
function transportTo(dsn: string): Transport {
  if (known?.dsn === dsn) return known.transport;
  const components = makeDsn(dsn);
  if (components === undefined) throw new Error("expected a DSN that Sentry's client can read");
  known = { dsn, transport: transportOf(components) };
  return known.transport;
}

function transportOf(dsn: DsnComponents): Transport {
  const url = getEnvelopeEndpointWithUrlEncodedAuth(dsn, undefined, SDK.sdk);
  return createTransport({ recordDroppedEvent: () => {} }, async ({ body }) => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/x-sentry-envelope" },
      body: body as string | Uint8Array<ArrayBuffer>,
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    await response.arrayBuffer(); // must be read before the connection can be used again
    return {
      statusCode: response.status,
      headers: {
        "x-sentry-rate-limits": response.headers.get("x-sentry-rate-limits"),
        "retry-after": response.headers.get("retry-after"),
      },
    };
  });
}
