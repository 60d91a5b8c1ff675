import { asUnavailable, DatabaseUnavailable, wordsOf } from "../db/failures/unavailable.ts";
import { AppError, describeError } from "../errors.ts";
import { log } from "../log.ts";
import { reportError } from "../telemetry/report-error.ts";
import { currentIds } from "../trace.ts";
import { inBackground } from "./background.ts";

/**
 * The response for an error: `{status: "error", error: {code, message, requestId, field?, expected?, got?}}`. Details of
 * unexpected errors stay in the log.
 */
export function errorResponse(thrown: unknown, path: string): Response {
  const { requestId } = currentIds();
  const meant = asUnavailable(thrown);
  const known = meant instanceof AppError ? meant : undefined;
  const error =
    known ?? new AppError("internal", "Something went wrong here. The log has the details under this request id.");
  const words = error instanceof DatabaseUnavailable ? wordsOf(thrown) : describeError(thrown);
  if (error.status >= 500) log("error", "request_failed", { path, error: words });
  if (error.status >= 500) inBackground(reportError(thrown, { path, requestId }));
  const message =
    error.code === "misconfigured" ? "A setting of this deployment is wrong. The log names it." : error.message;
  return Response.json(
    { status: "error", error: { code: error.code, message, requestId, ...error.detail } },
    { status: error.status, headers: error.headers },
  );
}
