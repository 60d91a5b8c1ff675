/** The server of self-hosting: its source, and where `npm run build` puts its bundle. */
export const SERVER_SOURCE = "lib/server/main.ts";
export const SERVER_BUNDLE = "dist/server/main.cjs";
