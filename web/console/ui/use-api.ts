import { useEffect, useState } from "preact/hooks";
import { ApiError, call } from "../api/call.ts";
import { useUi } from "./context.tsx";

/** The state of one API response. Old data stays while it is read again, and if that fails. */
export interface ApiState<T> {
  data: T | undefined;
  error: ApiError | undefined;
  busy: boolean;
  again(): void;
}

interface State {
  /** The path it belongs to; data of another path is not shown. */
  path: string;
  data?: unknown;
  error?: ApiError | undefined;
  busy: boolean;
}

const LONGEST_MS = 60_000;

/** Reads a path now, on every reload and on `again()`. @param path Undefined: reads nothing yet. */
export function useApi<T>(path: string | undefined): ApiState<T> {
  const { token, reloads, loaded, refused } = useUi();
  const [retries, setRetries] = useState(0);
  const [state, setState] = useState<State>({ path: "", busy: true });

  useEffect(() => {
    if (path === undefined) return;
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), LONGEST_MS);
    let current = true;
    setState((before) => ({ ...(before.path === path ? before : { path }), busy: true }));
    call<T>(path, { token, signal: abort.signal })
      .then(
        (data) => {
          if (!current) return;
          setState({ path, data, busy: false });
          loaded();
        },
        (fault: unknown) => {
          if (!current) return;
          const error = fault instanceof ApiError ? fault : new ApiError(0, "no-answer", "");
          setState((before) => ({ ...before, error, busy: false }));
          if (error.status === 401 || error.status === 403) refused(error.status);
        },
      )
      .finally(() => clearTimeout(timer));
    return () => {
      current = false;
      clearTimeout(timer);
      abort.abort();
    };
  }, [path, token, reloads, retries]);

  const shown: State = path !== undefined && state.path === path ? state : { path: "", busy: true };
  return {
    data: shown.data as T | undefined,
    error: shown.error,
    busy: shown.busy,
    again: () => setRetries((count) => count + 1),
  };
}
