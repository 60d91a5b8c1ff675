import type { ApiError } from "../../client/client.ts";

/** The state of one API response. Old data stays while it is read again, and if that fails. */
export interface ApiState<T> {
  data: T | undefined;
  error: ApiError | undefined;
  busy: boolean;
  again(): void;
}
