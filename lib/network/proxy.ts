import { setGlobalProxyFromEnv } from "node:http";
import { config } from "../config/config.ts";

/** This machine is never reached through a proxy: crons call it, and stand-ins of the local run are on it. */
const HERE = ["localhost", ".localhost", "127.0.0.1", "::1", "[::1]"];

let inUse: { settings: string; restore: () => void } | undefined;

/**
 * Has `fetch` and `node:https` of this process go through `HTTPS_PROXY`, but for the hosts of `NO_PROXY` and this machine. Node by
 * itself does that only under `NODE_USE_ENV_PROXY=1`.
 * @returns The proxy's address without its password; undefined if there is no proxy.
 */
export function useProxy(): string | undefined {
  const { url, except } = config().proxy;
  const settings = JSON.stringify([url, except]);
  if (inUse?.settings !== settings) {
    inUse?.restore();
    const env = { HTTPS_PROXY: url, NO_PROXY: [...HERE, ...except].join(",") };
    inUse = { settings, restore: url === undefined ? () => {} : setGlobalProxyFromEnv(env) };
  }
  return url && new URL(url).host;
}
