import { type AnswerCheck, checkAnswersBy } from "../../../lib/cli/smoke/answer-check.ts";
import { dispatch } from "../../../lib/http/app/path-endpoint.ts";
import type { Endpoint, Handler } from "../../../lib/http/handler.ts";
import { functionAt } from "../../../lib/server/functions.ts";
import { openApiDocument } from "../../../scripts/openapi.ts";

/**
 * The whole API, as a handler for tests: it sends a request to what answers its path.
 * @throws Error if the answer is not as the OpenAPI document says.
 */
export const api: Handler = async (request) => {
  const { response, problems } = await checkedAnswer(request);
  if (problems.length > 0) throw new Error(`not as the document says: ${problems.join("; ")}`);
  return response;
};

/** The answer of the whole API, and in which points it is not as the document says. */
export async function checkedAnswer(request: Request): Promise<{ response: Response; problems: string[] }> {
  const { method, url } = request;
  const { pathname: path } = new URL(url);
  const response = await dispatch(await functionAt(path), request);
  const { status, headers } = response;
  const check = await documentCheck();
  const problems = check({ method, path }, { status, headers, text: await response.clone().text() });
  return { response, problems };
}

let loaded: Promise<AnswerCheck> | undefined;

function documentCheck(): Promise<AnswerCheck> {
  loaded ??= openApiDocument().then(checkAnswersBy);
  return loaded;
}

/** Sends a request with a method, whatever the request says. */
const by =
  (method: keyof Endpoint): Handler =>
  (request) =>
    api(request.method === method ? request : new Request(request, { method }));

export const GET = by("GET");
export const HEAD = by("HEAD");
export const POST = by("POST");
export const PUT = by("PUT");
export const PATCH = by("PATCH");
export const DELETE = by("DELETE");
export const OPTIONS = by("OPTIONS");
