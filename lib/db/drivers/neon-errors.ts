/**
 * Recognizes faults of Neon's proxy by its messages (proxy/src of github.com/neondatabase/neon). Over HTTP the proxy sends them
 * as JSON with status 500 and an empty `code`; over a WebSocket as an error response with XX000 while the connection opens.
 * Errors of statements have status 400. Errors of COMMIT and of unreadable results have status 500 and other messages.
 */

/** The proxy could not reach, wake or enter the database: no statement ran, and another attempt may succeed. */
const NOTHING_RAN =
  /^(Control plane request failed|Couldn't connect to compute node|Could not establish HTTP connection to the database|Failed to acquire permit to connect to the database|Too many connections attempts)/;

/** Similar messages for which another attempt does not help: the endpoint is deleted, disabled, or over its quota. */
const FOR_LONGER =
  /^Control plane request failed: endpoint|exceeded the .{0,60}quota|endpoint (is disabled|could not be found)/i;

/** SQLSTATEs of refused connections: the server is starting, or has too many connections. */
const REFUSED_CONNECTION = new Set(["57P03", "53300"]);

/** Whether a response of Neon's HTTP endpoint says that no statement ran and that another attempt may succeed. */
export function neverRan(status: number, body: string): boolean {
  if (status === 503) return true; // a full or stopping proxy refuses before it reads the request
  if (status !== 500) return false;
  const { message, code } = partsOf(body);
  return REFUSED_CONNECTION.has(code) || (NOTHING_RAN.test(message) && !FOR_LONGER.test(message));
}

/** Whether an error of a WebSocket connection is such a fault. */
export const isNeonRefusal = (error: Error): boolean =>
  isOfProxy(error) && NOTHING_RAN.test(error.message) && !FOR_LONGER.test(error.message);

/** Whether an error says that Neon cannot serve the database, for a moment or for longer. */
export function isNeonFault(error: Error): boolean {
  if (isOfProxy(error)) return NOTHING_RAN.test(error.message) || FOR_LONGER.test(error.message);
  const [, status, body] = /^Server error \(HTTP status (\d+)\): (.*)$/s.exec(error.message) ?? [];
  if (status === undefined || body === undefined || error.name !== "NeonDbError") return false;
  const { message, code } = partsOf(body);
  if (["429", "502", "503", "504"].includes(status)) return true;
  return REFUSED_CONNECTION.has(code) || NOTHING_RAN.test(message) || FOR_LONGER.test(message);
}

/** Errors that statements raise have the code P0001 instead. */
const isOfProxy = (error: Error): boolean => "code" in error && error.code === "XX000";

function partsOf(body: string): { message: string; code: string } {
  try {
    const { message, code } = JSON.parse(body) as { message?: unknown; code?: unknown };
    return { message: String(message ?? ""), code: String(code ?? "") };
  } catch {
    return { message: body, code: "" };
  }
}
