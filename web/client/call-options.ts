/** The settings of a client. On pages of the API's own origin none is required. */
export interface ClientOptions {
  /** The origin of the API, such as `https://club.example.com`; by default that of the page. */
  baseUrl?: string | undefined;
  /** The token for operations that require one, or a function that returns the current one. */
  token?: string | undefined | (() => string | undefined | Promise<string | undefined>);
  /** Sends the requests; by default the global `fetch`. */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /** How often a request is sent again after a fault that may pass; 2 by default. */
  retries?: number | undefined;
}

/** The settings of one call. */
export interface CallOptions {
  /** Aborts the call. Its promise then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** The token of this call instead of the client's, such as the cancel token of a booking. */
  token?: string | undefined;
  /** How often this request is sent again, instead of the client's setting. */
  retries?: number | undefined;
}
