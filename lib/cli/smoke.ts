import { config } from "../config/config.ts";
import { AppError, describeError } from "../errors.ts";
import { currentTime } from "../time/clock.ts";
import { argumentsIn } from "./arguments.ts";
import { deployment } from "./smoke/deployment.ts";
import { paths, type Secrets } from "./smoke/paths.ts";
import { type Outcome, take } from "./smoke/step.ts";

/** Where the booking's mails go where nobody is to read them: nowhere (RFC 2606). */
const NOBODY = "smoke-test@taktwerk.invalid";

/**
 * `npm run smoke -- URL [--email ADDRESS]`: takes the paths of users on a running deployment, with `CRON_SECRET` and
 * `ADMIN_TOKEN` of the environment. The mails of its booking go to ADDRESS, else to `ALERT_EMAIL`. Exit code 0 all passed, 1 some failed, 2 used wrongly.
 */
async function main(args: string[]): Promise<number> {
  const options = { email: { type: "string" } } as const;
  const { values, positionals } = argumentsIn({ args, options, allowPositionals: true, strict: true });
  const base = baseIn(positionals);
  const secrets = secretsHere();
  const steps = paths(deployment(base), secrets, values.email ?? config().alerts.to ?? NOBODY, currentTime());
  const outcomes = await take(
    steps,
    () => performance.now(),
    (outcome) => console.log(lineOf(outcome, secrets)),
  );
  const failed = outcomes.filter(({ fault }) => fault !== undefined).length;
  console.log(`\n${outcomes.length - failed} of ${outcomes.length} passed on ${base.origin}`);
  return failed === 0 ? 0 : 1;
}

/** @throws AppError `invalid-parameter` for what is no deployment, or one that secrets would travel to in the clear. */
function baseIn(positionals: string[]): URL {
  const [given, ...more] = positionals;
  const base = given === undefined || more.length > 0 ? null : URL.parse(given);
  if (base === null || !/^https?:$/.test(base.protocol) || base.username !== "" || base.password !== "") {
    const got = positionals.length === 1 ? JSON.stringify(given) : `${positionals.length} of them`;
    throw wrong(`smoke: expected one URL such as https://taktwerk.example.com, got ${got}`);
  }
  if (base.protocol === "http:" && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(base.hostname)) {
    throw wrong(`smoke: expected https, or this machine, since secrets go there; got ${base.origin}`);
  }
  return base;
}

function secretsHere(): Secrets {
  const { cronSecret, adminToken } = config();
  if (cronSecret !== undefined && adminToken !== undefined) return { cronSecret, adminToken };
  const missing = [
    ...(cronSecret === undefined ? ["CRON_SECRET"] : []),
    ...(adminToken === undefined ? ["ADMIN_TOKEN"] : []),
  ];
  throw wrong(`smoke: expected ${missing.join(" and ")} of the deployment in the environment, got none`);
}

/** Whatever a deployment sends back, no secret of ours, and no key, is shown. */
function lineOf({ name, ms, fault }: Outcome, secrets: Secrets): string {
  const line = `${fault === undefined ? "PASS" : "FAIL"}  ${`${ms} ms`.padStart(8)}  ${name}`;
  if (fault === undefined) return line;
  const hidden = Object.values(secrets).reduce((text, secret) => text.replaceAll(secret, "…"), fault);
  return `${line}\n                → ${hidden.replace(/twk_(pub|sec)_[\w-]+/g, "twk_$1_…")}`;
}

const wrong = (message: string): AppError => new AppError("invalid-parameter", message);

main(process.argv.slice(2))
  .catch((error: unknown) => {
    const { code, message } = describeError(error);
    console.error(message);
    return code === "invalid-parameter" || code === "misconfigured" ? 2 : 1;
  })
  .then((exitCode) => {
    process.exitCode = exitCode;
  });
