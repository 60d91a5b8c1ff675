import { AppError } from "../errors.ts";
import type { Middleware } from "./listen.ts";

/**
 * Whether a `Host` names this machine only: `localhost`, a name below it, 127.0.0.0/8 or `[::1]`, with any port. A page of
 * somewhere else whose name was made to lead to this machine (DNS rebinding) names itself there.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  if (host === undefined || !/^[\w.:[\]-]+$/.test(host)) return false;
  const name = URL.parse(`http://${host}`)?.hostname.replace(/\.$/, "") ?? "";
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(name);
}

/** A step that refuses requests which are not meant for this machine, with status 403. */
export const onlyLoopbackHosts: Middleware = (incoming, _outgoing, next) => {
  const { host } = incoming.headers;
  if (isLoopbackHost(host)) return next();
  const expected = "The local run answers to loopback names only: expected a Host such as localhost or 127.0.0.1";
  next(new AppError("forbidden", `${expected}, got ${host ?? "none"}.`));
};
