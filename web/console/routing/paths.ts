/** The paths of the console's pages: `:name` is a parameter, `:name?` one that may be missing. `vercel.json` serves them. */
export const PATHS = {
  overview: "/",
  bookings: "/bookings",
  members: "/members",
  attendance: "/attendance",
  mail: "/mail",
  site: "/site",
  runs: "/runs/:job?/:execution?",
  incidents: "/incidents/:id?",
  settings: "/settings/:section?",
  parts: "/parts",
  signIn: "/sign-in",
  forgot: "/forgot",
  reset: "/reset",
  invitation: "/invitation",
} as const;

/** The pages of a signed-in operator. */
export type PageName = Exclude<keyof typeof PATHS, SignInPage>;

/** The pages before the sign-in. */
export type SignInPage = "signIn" | "forgot" | "reset" | "invitation";

/** Links that lead to another page of the console without loading it anew; all others leave it. */
export const CONSOLE_LINKS: RegExp = new RegExp(
  `^(\\?|/(\\?.*)?$|(${Object.values(PATHS)
    .map((path) => path.replaceAll(/\/:.*$/g, ""))
    .filter((path) => path !== "/")
    .join("|")})(/|\\?|$))`,
);

/** Where a sign-in leads to afterwards: only to pages of the console. */
export const pageAfterSignIn = (next: string | undefined): string =>
  next !== undefined && /^\/[^/\\]/.test(next) && CONSOLE_LINKS.test(next) ? next : "/";
