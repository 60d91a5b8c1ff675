import { type Config, config, configure, type Environment, parseConfig } from "../../config/config.ts";
import { describeError } from "../../errors.ts";
import { fail, lacking, off, pass, type Result, warn } from "./finding.ts";

/** Where a sentence of `parseConfig` begins: the names of the settings it is about. */
const SENTENCE = /(?:^|; )(?=[A-Z][A-Z0-9_]+(?:, [A-Z0-9_]+)*: expected )/;

/**
 * Configures this process from an environment without its wrong settings, so that the checks can still run.
 * @returns one sentence for each wrong setting.
 */
export function configureLeniently(environment: Environment): string[] {
  const sentences: string[] = [];
  let remaining = environment;
  for (;;) {
    try {
      parseConfig(remaining);
      configure(remaining);
      return sentences;
    } catch (error) {
      const wrong = describeError(error).message.split(SENTENCE).filter(Boolean);
      const names = wrong.flatMap((sentence) => sentence.slice(0, sentence.indexOf(":")).split(", "));
      const kept = Object.fromEntries(Object.entries(remaining).filter(([name]) => !names.includes(name)));
      if (Object.keys(kept).length === Object.keys(remaining).length) throw error;
      sentences.push(...wrong);
      remaining = kept;
    }
  }
}

/** Turns the sentences about wrong settings into results. */
export function settingFindings(sentences: readonly string[]): Result[] {
  if (sentences.length === 0) return [pass("every setting can be read")];
  return sentences.map((sentence) =>
    fail(sentence, `set ${sentence.slice(0, sentence.indexOf(":"))} as expected, or remove it`),
  );
}

const RECOMMENDED_LENGTH = 32;
const CREATE_ONE = "create one with: openssl rand -hex 32";

const SECRETS: readonly { name: string; valueIn: (config: Config) => string | undefined; without: string }[] = [
  { name: "CRON_SECRET", valueIn: ({ cronSecret }) => cronSecret, without: "jobs answer 503" },
  { name: "ADMIN_TOKEN", valueIn: ({ adminToken }) => adminToken, without: "the operator's endpoints answer 503" },
  {
    name: "CONSOLE_SECRET",
    valueIn: ({ consoleSecret }) => consoleSecret,
    without: "operators cannot sign in to the console",
  },
  {
    name: "EMAIL_PREFERENCES_SECRET",
    valueIn: ({ mail }) => mail.preferencesSecret,
    without: "no summary mail is queued, and unsubscribe links answer 503",
  },
];

/** Checks for secrets that are missing, short, or equal. Never shows one. */
export async function checkSecrets(): Promise<Result[]> {
  const secrets = SECRETS.map(({ name, valueIn, without }) => ({ name, without, value: valueIn(config()) }));
  const missing = secrets.filter(({ value }) => value === undefined);
  const short = secrets.filter(({ value }) => value !== undefined && value.length < RECOMMENDED_LENGTH);
  const values = secrets.flatMap(({ value }) => value ?? []);
  const results = [
    ...missing.map(({ name, without }) => lacking(`${name} is not set: ${without}`, CREATE_ONE)),
    ...short.map(({ name, value = "" }) =>
      warn(`${name} has ${value.length} characters, and should have ${RECOMMENDED_LENGTH}`, CREATE_ONE),
    ),
  ];
  if (new Set(values).size < values.length) {
    results.push(warn("two of the secrets are equal: a person who has one has both", `${CREATE_ONE}, for each`));
  }
  if (results.length > 0) return results;
  return [pass(`${secrets.map(({ name }) => name).join(", ")} are set and long enough`)];
}

/** Checks how users' tokens are verified. */
export async function checkSignIn(): Promise<Result[]> {
  const { jwt } = config();
  if (jwt.secret !== undefined) return [pass("users' tokens are verified with AUTH_JWT_SECRET")];
  if (jwt.jwksUrl === undefined) {
    return [off("users cannot sign in: their browsers get 503", "set AUTH_JWKS_URL or AUTH_JWT_SECRET")];
  }
  const remedy = "correct AUTH_JWKS_URL: it must answer with a key set (RFC 7517)";
  try {
    const response = await fetch(jwt.jwksUrl, { signal: AbortSignal.timeout(8_000) });
    const body = (await response.json()) as { keys?: unknown };
    if (response.ok && Array.isArray(body.keys)) return [pass(`the key set has ${body.keys.length} keys`)];
    return [fail(`AUTH_JWKS_URL answered ${response.status} and no key set`, remedy)];
  } catch (error) {
    return [fail(`AUTH_JWKS_URL cannot be read (${describeError(error).message})`, remedy)];
  }
}

/** Checks the address of this deployment: continuation calls and links in mails go there. */
export async function checkBaseUrl(): Promise<Result[]> {
  const { baseUrl, production } = config();
  const remedy = "set EVENTS_BASE_URL to the URL of this deployment, such as https://taktwerk.example.com";
  if (baseUrl === undefined) {
    return [lacking("EVENTS_BASE_URL is not set: no mails are queued, and runs do not continue themselves", remedy)];
  }
  if (production && !baseUrl.startsWith("https://")) {
    return [fail(`${baseUrl} is not https: tokens would travel unencrypted`, remedy)];
  }
  if (production && /^https:\/\/(localhost|127\.|\[::1\])/.test(baseUrl)) {
    return [fail(`${baseUrl} is this machine, which others cannot reach`, remedy)];
  }
  return [pass(baseUrl)];
}

/** Shows the zones in use. The check of the database verifies that it knows them. */
export async function checkZones(): Promise<Result[]> {
  const { timeZone, tracking } = config();
  return [pass(`weeks and months begin in ${timeZone}, days of the attendance in ${tracking.zone}`)];
}
