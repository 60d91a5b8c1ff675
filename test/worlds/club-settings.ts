/** The settings that an evaluation needs to queue mails. */
export const SETTINGS = {
  EVENTS_BASE_URL: "https://taktwerk.example",
  EMAIL_PREFERENCES_SECRET: "a-secret-of-the-tests",
};
