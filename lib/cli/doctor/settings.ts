import { type Config, config, configure, type Environment, parseConfig } from "../../config/config.ts";
import { describeError } from "../../errors.ts";
import { type Found, fail, lacking, off, pass, warn } from "./finding.ts";

/** What begins a sentence of `parseConfig`: the settings it is about. */
const SENTENCE = /(?:^|; )(?=[A-Z][A-Z0-9_]+(?:, [A-Z0-9_]+)*: expected )/;

/**
 * Configures this process with what can be read of an environment, so that one wrong setting keeps nothing else from being
 * looked into.
 * @returns a sentence for each setting that is wrong, and is left out.
 */
export function configureLeniently(environment: Environment): string[] {
  const sentences: string[] = [];
  let left = environment;
  for (;;) {
    try {
      parseConfig(left);
      configure(left);
      return sentences;
    } catch (error) {
      const said = describeError(error).message.split(SENTENCE).filter(Boolean);
      const names = said.flatMap((sentence) => sentence.slice(0, sentence.indexOf(":")).split(", "));
      const kept = Object.fromEntries(Object.entries(left).filter(([name]) => !names.includes(name)));
      if (Object.keys(kept).length === Object.keys(left).length) throw error;
      sentences.push(...said);
      left = kept;
    }
  }
}

/** A finding for each wrong setting. */
export function settingFindings(sentences: readonly string[]): Found[] {
  if (sentences.length === 0) return [pass("every setting can be read")];
  return sentences.map((sentence) =>
    fail(sentence, `set ${sentence.slice(0, sentence.indexOf(":"))} as expected, or take it away`),
  );
}

const LONG_ENOUGH = 32;
const MAKE_ONE = "make one with: openssl rand -hex 32";

const SECRETS: readonly { name: string; of: (given: Config) => string | undefined; without: string }[] = [
  { name: "CRON_SECRET", of: ({ cronSecret }) => cronSecret, without: "jobs answer 503" },
  { name: "ADMIN_TOKEN", of: ({ adminToken }) => adminToken, without: "the operator's endpoints answer 503" },
  {
    name: "EMAIL_PREFERENCES_SECRET",
    of: ({ mail }) => mail.preferencesSecret,
    without: "no summary mail is queued, and unsubscribe links answer 503",
  },
];

/** Secrets that are missing, short, or the same. Never shows one. */
export async function lookAtSecrets(): Promise<Found[]> {
  const given = SECRETS.map(({ name, of, without }) => ({ name, without, value: of(config()) }));
  const missing = given.filter(({ value }) => value === undefined);
  const short = given.filter(({ value }) => value !== undefined && value.length < LONG_ENOUGH);
  const values = given.flatMap(({ value }) => value ?? []);
  const found = [
    ...missing.map(({ name, without }) => lacking(`${name} is not set: ${without}`, MAKE_ONE)),
    ...short.map(({ name, value = "" }) =>
      warn(`${name} has ${value.length} characters, and should have ${LONG_ENOUGH}`, MAKE_ONE),
    ),
  ];
  if (new Set(values).size < values.length) {
    found.push(warn("two of the secrets are the same: who has one has the other", `${MAKE_ONE}, for each`));
  }
  return found.length === 0 ? [pass(`${given.map(({ name }) => name).join(", ")} are set and long enough`)] : found;
}

/** How users are known. */
export async function lookAtSignIn(): Promise<Found[]> {
  const { jwt } = config();
  if (jwt.secret !== undefined) return [pass("users' tokens are checked with AUTH_JWT_SECRET")];
  if (jwt.jwksUrl === undefined) {
    return [off("users do not sign in: their browsers get 503", "set AUTH_JWKS_URL or AUTH_JWT_SECRET to let them")];
  }
  const remedy = "correct AUTH_JWKS_URL: it is to answer with a key set (RFC 7517)";
  try {
    const answer = await fetch(jwt.jwksUrl, { signal: AbortSignal.timeout(8_000) });
    const body = (await answer.json()) as { keys?: unknown };
    if (answer.ok && Array.isArray(body.keys)) return [pass(`the key set has ${body.keys.length} keys`)];
    return [fail(`AUTH_JWKS_URL answered ${answer.status} and no key set`, remedy)];
  } catch (error) {
    return [fail(`AUTH_JWKS_URL cannot be read (${describeError(error).message})`, remedy)];
  }
}

/** Where this deployment answers: continuation calls and links in mails go there. */
export async function lookAtBaseUrl(): Promise<Found[]> {
  const { baseUrl, production } = config();
  const remedy = "set EVENTS_BASE_URL to the URL of this deployment, such as https://taktwerk.example.com";
  if (baseUrl === undefined)
    return [lacking("EVENTS_BASE_URL is not set: no mails, and no run continues itself", remedy)];
  if (production && !baseUrl.startsWith("https://")) {
    return [fail(`${baseUrl} is not https: tokens would travel in the clear`, remedy)];
  }
  if (production && /^https:\/\/(localhost|127\.|\[::1\])/.test(baseUrl)) {
    return [fail(`${baseUrl} is this machine, which nobody else reaches`, remedy)];
  }
  return [pass(baseUrl)];
}

/** In which zone weeks and months begin, and days of the attendance; the database is asked in database.ts. */
export async function lookAtZones(): Promise<Found[]> {
  const { timeZone, tracking } = config();
  return [pass(`weeks and months begin in ${timeZone}, days of the attendance in ${tracking.zone}`)];
}
