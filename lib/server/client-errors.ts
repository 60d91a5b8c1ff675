import { randomUUID } from "node:crypto";
import { type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { AppError } from "../errors.ts";
import { errorResponse } from "../http/error-response.ts";
import { traced } from "../trace.ts";

/** The answer to a request that no handler was reached with, or that a step before it failed at. */
export function failed(thrown: unknown): Response {
  // @hono/node-server throws this if the request line and `Host` do not form a URL.
  const malformed = thrown instanceof Error && thrown.name === "RequestError";
  const error = malformed
    ? new AppError("invalid-parameter", `This is not a valid request: ${thrown.message}.`)
    : thrown;
  return traced({ requestId: randomUUID() }, () => errorResponse(error, "unknown"));
}

const SENTENCES: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ["invalid-parameter", "The request must be valid HTTP/1.1."],
  408: ["request-timeout", "The request must arrive within 30 seconds, its headers within 15."],
  431: ["payload-too-large", "The request's headers must be smaller than 16 KB."],
};

const STATUS: Readonly<Record<string, number>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 };

/**
 * Answers what Node gives up on before there is a request, or while its body arrives, in the shape of all errors, and closes
 * the connection. Where an answer is already being sent, nothing may be written into it.
 */
export function answerClientErrors(server: Server): void {
  const underWay = new WeakMap<Socket, ServerResponse>();
  server.on("request", ({ socket }, outgoing) => underWay.set(socket, outgoing));
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    const outgoing = underWay.get(socket);
    const isAnswering = outgoing?.headersSent === true && !outgoing.writableFinished;
    if (!socket.writable || isAnswering || error.code === "ECONNRESET") return void socket.destroy();
    const status = STATUS[error.code ?? ""] ?? 400;
    const [code, message] = SENTENCES[status] ?? [];
    const body = JSON.stringify({ status: "error", error: { code, message, requestId: randomUUID() } });
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      "Content-Type: application/json",
      `Content-Length: ${Buffer.byteLength(body)}`,
      "Connection: close",
    ];
    socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
  });
}
