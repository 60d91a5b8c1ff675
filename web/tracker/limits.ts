/** What the tracker keeps to, in one file: a number exported from here costs no bytes of its own. */

/** The server takes no more, in characters. */
export const MAX_TYPE = 255;
export const MAX_URL = 2000;
export const MAX_TEXT = 100;

/** Of an event, in bytes; one that would be larger is sent without its data. */
export const MAX_EVENT = 32_000;

/** Of a request, in events and bytes. Browsers let 64 KB be under way when a page closes. */
export const MAX_BATCH = 50;
export const MAX_BYTES = 59_000;

/** How long events gather before they are sent, in ms, unless so many do sooner; also the first delay before a retry. */
export const GATHER = 1000;
export const ENOUGH = 20;
export const MAX_BACKOFF = 60_000;

/** Of what waits for an answer of the server, in events and ms; from a week on it cannot tell when an event occurred. */
export const MAX_WAITING = 100;
export const MAX_AGE = 600_000_000;

/** After so long without an event, in ms, a session is over. */
export const IDLE = 1_800_000;
