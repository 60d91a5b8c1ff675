import { useEffect, useState } from "preact/hooks";
import type { CallOptions } from "../../client/call-options.ts";
import { ApiError } from "../../client/client.ts";
import type { Client } from "../../client/generated/types.ts";
import type { ApiState } from "./api-state.ts";
import { useUi } from "./context.tsx";

export type { ApiState };

interface State<T> {
  /** The parameters that it belongs to; data of others is not shown. */
  key: string;
  data?: T;
  error?: ApiError | undefined;
  busy: boolean;
}

const LONGEST_MS = 60_000;

/**
 * Reads now, on every reload and on `again()`.
 * @param read Undefined: reads nothing yet.
 * @param parameters The values that `read` uses. It is called again when they change.
 */
export function useApi<T>(
  read: ((client: Client, options: CallOptions) => Promise<T>) | undefined,
  ...parameters: (string | number | undefined)[]
): ApiState<T> {
  const { client, reloads, sessionLost } = useUi();
  const [retries, setRetries] = useState(0);
  const [state, setState] = useState<State<T>>({ key: "", busy: true });
  const key = read === undefined ? "" : JSON.stringify(parameters);

  useEffect(() => {
    if (read === undefined) return;
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), LONGEST_MS);
    let current = true;
    setState((before) => ({ ...(before.key === key ? before : { key }), busy: true }));
    read(client, { signal: abort.signal })
      .then(
        (data) => {
          if (!current) return;
          setState({ key, data, busy: false });
        },
        (fault: unknown) => {
          if (!current) return;
          const error = errorOf(fault);
          setState((before) => ({ ...before, error, busy: false }));
          if (error.status === 401) sessionLost();
        },
      )
      .finally(() => clearTimeout(timer));
    return () => {
      current = false;
      clearTimeout(timer);
      abort.abort();
    };
  }, [key, client, reloads, retries]);

  const shown: State<T> = key !== "" && state.key === key ? state : { key: "", busy: true };
  return {
    data: shown.data,
    error: shown.error,
    busy: shown.busy,
    again: () => setRetries((count) => count + 1),
  };
}

/** The error to show for a failed call. A call that took too long was aborted. */
export function errorOf(fault: unknown): ApiError {
  if (fault instanceof ApiError) return fault;
  return new ApiError(0, { code: "unreachable", message: "" }, { cause: fault });
}
