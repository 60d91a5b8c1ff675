import { auth, type calendar_v3, calendar as openCalendar } from "googleapis/build/src/apis/calendar/index.js";

interface KeyFile {
  client_email: string;
  private_key: string;
  token_uri: string;
}

const GOOGLE_TOKEN_URL = "https://oauth2.googleapis.com/token";

/** Google's client for a key file (base64 JSON). It signs in at the file's `token_uri` and never retries. */
export function googleClient(
  { url, credentials }: { url: string; credentials: string },
  scope = "https://www.googleapis.com/auth/calendar",
): calendar_v3.Calendar {
  const { client_email, private_key, token_uri } = JSON.parse(atob(credentials)) as KeyFile;
  const client = new auth.JWT({
    email: client_email,
    key: private_key,
    scopes: [scope],
    additionalClaims: { aud: token_uri },
    transporterOptions: {
      retryConfig: { retry: 0, noResponseRetries: 0 },
      fetchImplementation: (input, init) =>
        fetch(String(input) === GOOGLE_TOKEN_URL ? token_uri : (input as URL), init as RequestInit),
    },
  });
  return openCalendar({ version: "v3", auth: client, rootUrl: `${url}/`, retry: false });
}
