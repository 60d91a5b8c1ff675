import { AppError } from "../errors.ts";
import type { Endpoint, Handler } from "../http/respond.ts";
import { fileFor } from "./functions.ts";

/**
 * All functions behind one, for plans that allow few of them: each is loaded when it is first asked for.
 * @param functions By their files under `api/`.
 */
export function oneFunction(functions: Readonly<Record<string, () => Promise<Endpoint>>>): Endpoint {
  const files = Object.keys(functions);
  const answer: Handler = async (request) => {
    const { pathname } = new URL(request.url);
    const endpoint = await functions[fileFor(pathname, files) ?? ""]?.();
    return endpoint === undefined ? nothingAt(pathname) : endpoint[request.method as keyof Endpoint](request);
  };
  return { GET: answer, HEAD: answer, POST: answer, PUT: answer, PATCH: answer, DELETE: answer, OPTIONS: answer };
}

function nothingAt(path: string): Response {
  const { code, message, status } = new AppError("not-found", `no endpoint at ${path}`);
  return Response.json({ status: "error", error: { code, message } }, { status });
}
