import { useState } from "preact/hooks";
import type { ApiError } from "../../client/client.ts";
import { errorOf } from "./use-api.ts";

/** Something that a person starts, such as saving: whether it is being sent, and why it failed. */
export interface ActionState {
  busy: boolean;
  error: ApiError | undefined;
  /** Sends it. @returns its answer; undefined if it failed. */
  run<T>(send: () => Promise<T>): Promise<{ answer: T } | undefined>;
}

export function useAction(): ActionState {
  const [state, setState] = useState<{ busy: boolean; error: ApiError | undefined }>({ busy: false, error: undefined });
  return {
    ...state,
    run: async (send) => {
      setState({ busy: true, error: undefined });
      try {
        const answer = await send();
        setState({ busy: false, error: undefined });
        return { answer };
      } catch (fault) {
        setState({ busy: false, error: errorOf(fault) });
        return undefined;
      }
    },
  };
}
