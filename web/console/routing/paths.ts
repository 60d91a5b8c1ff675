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
