/** A request as a client handed it to `fetch`. */
export interface Sent {
  url: string;
  method: string;
  headers: Record<string, string>;
  body?: string;
}

/** A network that answers by a function of the number of requests before, and the requests that it got. */
export function answering(answer: (count: number, init: RequestInit) => Response | Promise<Response>) {
  const requests: Sent[] = [];
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const { signal: _, ...sent } = init;
    requests.push({ url, ...sent } as Sent);
    return answer(requests.length - 1, init);
  };
  return { fetch, requests };
}

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  Response.json(body, { status, headers });

/** An error of the API. */
export const failure = (
  status: number,
  error: Record<string, unknown>,
  headers: Record<string, string> = {},
): Response =>
  json({ status: "error", error: { message: "A sentence.", requestId: "r-1", ...error } }, status, headers);
