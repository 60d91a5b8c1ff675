import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import type { CalendarSource } from "./calendar-source.ts";
import { googleCalendar } from "./google-api.ts";

export interface RunningCalendar {
  /** Its origin: what the API answers under. */
  url: string;
  /** Where tokens are to be had. */
  tokenUri: string;
  close(): Promise<void>;
}

/** Serves a calendar on loopback. @param port 0 for any that is free. */
export async function startGoogleCalendar(source: CalendarSource, port = 0): Promise<RunningCalendar> {
  const server = await new Promise<Server>((resolve, reject) => {
    const options = { fetch: googleCalendar(source), port, hostname: "127.0.0.1" };
    const started = serve(options, () => resolve(started as Server));
    started.once("error", reject);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections(); // clients keep theirs open
    });
  return { url, tokenUri: `${url}/token`, close };
}
