/** Answers a request in the web standard's terms, as the platform calls its functions. */
export type Handler = (request: Request) => Promise<Response>;
