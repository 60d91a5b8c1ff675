import { type Endpoint, noEndpoint } from "./respond.ts";

/** Answers on the platform for every path that is neither a file nor a function (`rewrites` of `vercel.json`). */
export const notFoundRoute: Endpoint = {
  GET: noEndpoint,
  HEAD: noEndpoint,
  POST: noEndpoint,
  PUT: noEndpoint,
  PATCH: noEndpoint,
  DELETE: noEndpoint,
  OPTIONS: noEndpoint,
};
