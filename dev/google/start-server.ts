import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import type { CalendarSource } from "./calendar-source.ts";
import { createGoogleApi } from "./google-api.ts";

export interface CalendarServer {
  /** The API's origin. */
  url: string;
  /** The URL that issues tokens. */
  tokenUri: string;
  close(): Promise<void>;
}

/** Serves calendars on loopback. @param port 0 for any free port. */
export async function startGoogleCalendar(source: CalendarSource, port = 0): Promise<CalendarServer> {
  const server = await new Promise<Server>((resolve, reject) => {
    const options = { fetch: createGoogleApi(source), port, hostname: "127.0.0.1" };
    const started = serve(options, () => resolve(started as Server));
    started.once("error", reject);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections(); // clients keep their connections open
    });
  return { url, tokenUri: `${url}/token`, close };
}
