import { useEffect, useState } from "preact/hooks";
import { ApiError, call } from "../api/call.ts";
import { useUi } from "./context.tsx";

/** How it stands with one answer of the API. What was read stays while it is read anew, and when that fails. */
export interface ApiState<T> {
  data: T | undefined;
  error: ApiError | undefined;
  busy: boolean;
  again(): void;
}

interface State {
  /** Of which path: what another one answered is not shown. */
  path: string;
  data?: unknown;
  error?: ApiError | undefined;
  busy: boolean;
}

const LONGEST_MS = 60_000;

/** Reads a path now, with every reload, and when asked again. @param path Undefined: nothing, yet. */
export function useApi<T>(path: string | undefined): ApiState<T> {
  const { token, reloads, loaded, refused } = useUi();
  const [asked, setAsked] = useState(0);
  const [state, setState] = useState<State>({ path: "", busy: true });

  useEffect(() => {
    if (path === undefined) return;
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), LONGEST_MS);
    let wanted = true;
    setState((before) => ({ ...(before.path === path ? before : { path }), busy: true }));
    call<T>(path, { token, signal: abort.signal })
      .then(
        (data) => {
          if (!wanted) return;
          setState({ path, data, busy: false });
          loaded();
        },
        (fault: unknown) => {
          if (!wanted) return;
          const error = fault instanceof ApiError ? fault : new ApiError(0, "no-answer", "");
          setState((before) => ({ ...before, error, busy: false }));
          if (error.status === 401 || error.status === 403) refused(error.status);
        },
      )
      .finally(() => clearTimeout(timer));
    return () => {
      wanted = false;
      clearTimeout(timer);
      abort.abort();
    };
  }, [path, token, reloads, asked]);

  const current: State = path !== undefined && state.path === path ? state : { path: "", busy: true };
  return {
    data: current.data as T | undefined,
    error: current.error,
    busy: current.busy,
    again: () => setAsked((count) => count + 1),
  };
}
