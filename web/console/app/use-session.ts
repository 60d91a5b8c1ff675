import { useCallback, useEffect, useState } from "preact/hooks";
import type { ApiError } from "../../client/client.ts";
import type { Client, PresentSession } from "../../client/generated/types.ts";
import { errorOf } from "../ui/use-api.ts";

export interface SessionState {
  /** Undefined until it is known. */
  session: PresentSession | undefined;
  /** Why it could not be read. */
  error: ApiError | undefined;
  /** Reads it again, after a sign-in or sign-out or when the server does not know it any more. */
  refresh(): Promise<void>;
}

export function useSession(client: Client): SessionState {
  const [session, setSession] = useState<PresentSession | undefined>(undefined);
  const [error, setError] = useState<ApiError | undefined>(undefined);
  const refresh = useCallback(async () => {
    try {
      setSession(await client.getSession());
      setError(undefined);
    } catch (fault) {
      setError(errorOf(fault));
    }
  }, [client]);
  useEffect(() => void refresh(), [refresh]);
  return { session, error, refresh };
}
