/** What pages on other origins may send and read. Tokens are in a header or a body, so credentials are not needed. */
export interface Cors {
  allows(origin: string, request: Request): boolean | Promise<boolean>;
  /** The headers that they may send, and read. */
  send: readonly string[];
  read: readonly string[];
}

/** The headers of every answer that a page may read. */
export const READABLE_HEADERS = [
  "x-request-id",
  "retry-after",
  "ratelimit-limit",
  "ratelimit-remaining",
  "ratelimit-reset",
  "ratelimit-policy",
];

/** Adds the headers that let a page on an allowed origin read a response. @param allow The methods of the path. */
export async function withCors(cors: Cors, request: Request, response: Response, allow: string): Promise<Response> {
  response.headers.append("Vary", "Origin");
  const origin = request.headers.get("origin");
  if (origin === null || !(await cors.allows(origin, request))) return response;
  response.headers.set("Access-Control-Allow-Origin", origin);
  response.headers.set("Access-Control-Allow-Methods", allow);
  response.headers.set("Access-Control-Allow-Headers", cors.send.join(", "));
  response.headers.set("Access-Control-Expose-Headers", cors.read.join(", "));
  response.headers.set("Access-Control-Max-Age", "600");
  return response;
}
