/** Answers a request in the web standard's terms, as the platform calls its functions. */
export type Handler = (request: Request) => Promise<Response>;

/** What a function under `api/` exports: all methods, so that a method it does not serve gets a 405 response with `Allow`. */
export interface Endpoint {
  GET: Handler;
  HEAD: Handler;
  POST: Handler;
  PUT: Handler;
  PATCH: Handler;
  DELETE: Handler;
  OPTIONS: Handler;
}
