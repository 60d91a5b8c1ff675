import type { Handler } from "../http/handler.ts";
import { fileFor } from "../http/paths.ts";
import { dispatch, type Endpoint } from "../http/respond.ts";

/**
 * All functions behind one, for plans that allow few of them: each is loaded when it is first asked for.
 * @param functions By their files under `api/`.
 */
export function oneFunction(functions: Readonly<Record<string, () => Promise<Endpoint>>>): Endpoint {
  const files = Object.keys(functions);
  const answer: Handler = async (request) => {
    const file = fileFor(new URL(request.url).pathname, files);
    return dispatch(file === undefined ? undefined : await functions[file]?.(), request);
  };
  return { GET: answer, HEAD: answer, POST: answer, PUT: answer, PATCH: answer, DELETE: answer, OPTIONS: answer };
}
