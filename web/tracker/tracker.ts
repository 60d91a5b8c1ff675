import { watch } from "./auto.ts";
import { MAX_EVENT, MAX_TYPE } from "./limits.ts";
import { attempt, describeForm, here, optedOut } from "./page.ts";
import { openQueue } from "./queue.ts";
import { newId, sessionId } from "./session.ts";
import { byteLength } from "./size.ts";

export interface TrackerOptions {
  /** Where the API is, such as `https://stats.example`. */
  apiBaseUrl: string;
  customerId: string;
  /** The site's public write key. `getTrackingStatus` and the other read methods need the read key; never put it on a public page. */
  apiToken: string;
  /** The server answers before it has processed the events. */
  useAsync?: boolean;
  /** Logs what happens to events. */
  enableDebug?: boolean;
}

export interface DashboardParams {
  limit?: number;
  from?: string;
  to?: string;
  interval?: string;
}

/** Any value that JSON can hold, up to 32,000 bytes. Without a valid value, the event is sent without data. */
export type EventData = Record<string, unknown>;

/** The error of a refused request. */
export interface ApiError extends Error {
  status: number;
}

/** Customers for which a tracker already records automatically. */
const watched: Record<string, boolean> = {};

/** Records what happens on a page. Tracking methods return immediately and never throw. */
export class OneVaultTracker {
  /** The tracker that the script tag started. */
  declare static instance?: OneVaultTracker;

  declare readonly trackEvent: (type: string, data?: EventData) => void;
  declare readonly trackPageView: (data?: EventData) => void;
  declare readonly trackInteraction: (action: string, data?: EventData) => void;
  /** @param form The form, or a name for it. Its fields are not read. */
  declare readonly trackFormSubmission: (form: HTMLFormElement | string, data?: EventData) => void;
  declare readonly trackCustomEvent: (name: string, data?: EventData) => void;
  /** Starts recording page views, clicks and form submissions. */
  declare readonly enableAutoTracking: () => void;
  /** Sends the waiting events. @returns a promise that settles after the response or a failure. */
  declare readonly flush: () => Promise<void>;
  /** @throws ApiError */
  declare readonly getTrackingStatus: () => Promise<unknown>;
  /** @throws ApiError */
  declare readonly getDashboardData: (params?: DashboardParams) => Promise<unknown>;
  /** @throws ApiError */
  declare readonly triggerProcessing: () => Promise<unknown>;

  constructor({ apiBaseUrl, customerId, apiToken, useAsync, enableDebug }: TrackerOptions) {
    const api = apiBaseUrl.replace(/\/*$/, "/api/v1/track");
    const debug = (...words: unknown[]) => {
      if (enableDebug) console.debug("tracker:", ...words);
    };
    const queue = optedOut()
      ? undefined
      : openQueue(useAsync ? `${api}/async` : api, { customer_id: customerId, key: apiToken }, debug);

    const track = (type: string, data?: EventData, about?: EventData, referrer?: string) => {
      if (!queue) return;
      attempt(() => {
        const event = {
          occurred_at: new Date(),
          event_id: newId(),
          event_type: String(type).slice(0, MAX_TYPE),
          page_url: here(),
          session_id: sessionId(customerId),
          referrer: referrer || undefined,
          event_data: {},
        };
        let text = attempt(() => JSON.stringify({ ...event, event_data: { ...about, ...data } }), debug);
        if (!text || byteLength(text) > MAX_EVENT) {
          debug("no data:", type);
          text = JSON.stringify(event);
        }
        queue.add(text);
      }, debug);
    };

    let previous = document.referrer;
    const view = (data?: EventData) => {
      track("page_view", data, {}, previous);
      previous = here();
    };

    const ask = async (method: string, path: string): Promise<unknown> => {
      const headers = { Authorization: `Bearer ${apiToken}`, "X-Customer-ID": customerId };
      const response = await fetch(`${api}/${path}`, { method, headers, credentials: "omit" });
      const { ok, status } = response;
      if (ok) return response.json();
      throw Object.assign(Error(`${path}: ${status}`), { status });
    };

    this.trackEvent = this.trackCustomEvent = track;
    this.trackPageView = view;
    this.trackInteraction = (action, data) => track("interaction", data, { action });
    this.trackFormSubmission = (form, data) =>
      track(
        "form_submission",
        data,
        attempt(() => describeForm(form), debug),
      );
    this.enableAutoTracking = () => {
      if (!queue || watched[customerId]) return;
      watched[customerId] = true;
      watch(this);
    };
    this.flush = async () => queue?.flush();
    this.getTrackingStatus = () => ask("GET", "status");
    this.getDashboardData = (params) =>
      ask("GET", `dashboard?${new URLSearchParams(params as Record<string, string>)}`);
    this.triggerProcessing = () => ask("POST", "process");
  }
}
