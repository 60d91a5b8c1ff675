import { ApiError } from "./api-error.ts";

/** An operation as the generated table describes it. */
export interface Operation {
  method: string;
  /** The path with its parameters, such as `/api/bookings/{id}`. */
  template: string;
  /** The headers that are parameters. */
  headers: readonly string[];
  /** Whether everyone may call it, so that the client's token is not sent. */
  isPublic: boolean;
  /** The statuses above 299 whose body is an answer like that of a success. */
  answers: readonly number[];
}

/** An input by field: parameters of path, query and headers, and the body. */
export type Input = Readonly<Record<string, unknown>>;

/** Reads an entry of the generated table: method, path, then the names of headers, statuses and `public`. */
export function parseOperation(entry: string): Operation {
  const [method = "", template = "", ...words] = entry.split(" ");
  return {
    method,
    template,
    headers: words.filter((word) => /^[A-Z]/.test(word)),
    isPublic: words.includes("public"),
    answers: words.map(Number).filter(Boolean),
  };
}

export interface ApiRequest {
  url: string;
  method: string;
  headers: Record<string, string>;
  body?: string;
}

const IDEMPOTENCY_KEY = "Idempotency-Key";

/** A header can hold visible ASCII only. Any other token is wrong and is not sent. */
const SENDABLE = /^[\x21-\x7e]+$/;

/** Builds the request of a call. @throws ApiError `unauthorized` for a token that no header can hold. */
export function requestOf(operation: Operation, input: Input, token: string | undefined): ApiRequest {
  const { body, ...fields } = input;
  const query = new Map(Object.entries(fields).filter(([, value]) => value !== undefined));
  const take = (name: string): string | undefined => {
    const value = query.get(name);
    query.delete(name);
    return value === undefined ? undefined : String(value);
  };
  const path = operation.template.replace(/\{(\w+)\}/g, (_, name: string) => segment(name, take(name)));
  const headers: Record<string, string> = {};
  for (const name of operation.headers) {
    const value = take(inputName(name)) ?? (name === IDEMPOTENCY_KEY ? newKey() : undefined);
    if (value !== undefined) headers[name] = value;
  }
  if (token !== undefined) headers.Authorization = `Bearer ${sendable(token)}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const search = new URLSearchParams(
    [...query].map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return {
    url: search === "" ? path : `${path}?${search}`,
    method: operation.method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

/** Whether a request may be sent twice without a second effect. */
export const isRepeatable = ({ method, headers }: ApiRequest): boolean =>
  /^(GET|PUT|DELETE)$/.test(method) || IDEMPOTENCY_KEY in headers;

/** A segment of the path. An empty one or dots would name another path. */
function segment(name: string, value = ""): string {
  if (/^\.{0,2}$/.test(value)) throw new TypeError(`${name}: expected a value for the path, got "${value}"`);
  return encodeURIComponent(value);
}

/** The field of the input for a header: `Idempotency-Key` is `idempotencyKey`. */
const inputName = (header: string): string =>
  header.charAt(0).toLowerCase() + header.slice(1).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

function sendable(token: string): string {
  if (SENDABLE.test(token)) return token;
  throw new ApiError(401, { code: "unauthorized", message: "The token has characters that no header can hold." });
}

/** 32 random hexadecimal digits. `crypto.randomUUID` exists on secure pages only. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
