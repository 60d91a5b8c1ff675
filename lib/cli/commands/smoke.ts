import { config } from "../../config/config.ts";
import { AppError } from "../../errors.ts";
import { currentTime } from "../../time/clock.ts";
import type { Describe } from "../command.ts";
import { applySettings, type LocalRun } from "../local-run.ts";
import { deployment } from "../smoke/deployment.ts";
import { type Outcome, runSteps } from "../smoke/run-steps.ts";
import { type Secrets, smokeSteps } from "../smoke/smoke-steps.ts";

/** Receives the mails of the test booking if no operator is set: a domain that never exists (RFC 2606). */
const UNDELIVERABLE = "smoke-test@taktwerk.invalid";

/** `smoke`, also `npm run smoke`: tries every path that users take on a running deployment. */
export const describeSmoke: Describe = (command, local) => {
  command
    .description(
      "Tries every path that users, sites, crons and the operator take on a running deployment, and removes what it " +
        "created. Needs CRON_SECRET and ADMIN_TOKEN of the deployment; for npm start on this machine, none. " +
        "Exit code 1: at least one step failed.",
    )
    .argument("<url>", "one URL such as https://taktwerk.example.com")
    .option("--email <address>", "Send the mails of its booking to this address; ALERT_EMAIL by default.")
    .examples("smoke https://taktwerk.example.com", "smoke http://127.0.0.1:3000 --email me@example.com")
    .withJson()
    .runs(async ({ email, json }, [url = ""]) => {
      const base = baseUrlOf(url);
      applySettings(undefined);
      const secrets = secretsFor(base, local);
      const recipient = (email as string | undefined) ?? config().alerts.to ?? UNDELIVERABLE;
      const steps = smokeSteps(deployment(base), secrets, recipient, currentTime());
      const outcomes = await runSteps(
        steps,
        () => performance.now(),
        (outcome) => json !== true && console.log(lineOf(outcome, secrets)),
      );
      const failed = outcomes.filter(({ error }) => error !== undefined).length;
      const hidden = outcomes.map(({ error, ...step }) => ({ ...step, error: error && hide(error, secrets) }));
      console.log(
        json === true
          ? JSON.stringify({ url: base.origin, passed: outcomes.length - failed, failed, steps: hidden }, null, 2)
          : `\n${outcomes.length - failed} of ${outcomes.length} passed on ${base.origin}`,
      );
      return failed === 0 ? 0 : 1;
    });
};

/** @throws AppError `invalid-parameter` for anything but the URL of a deployment that encrypts the secrets on their way. */
function baseUrlOf(text: string): URL {
  const base = URL.parse(text);
  if (base === null || !/^https?:$/.test(base.protocol) || base.username !== "" || base.password !== "") {
    throw wrong(`url: expected one URL such as https://taktwerk.example.com, got ${JSON.stringify(text)}`);
  }
  if (base.protocol === "http:" && !isThisMachine(base)) {
    throw wrong(`url: expected https, or this machine, since the secrets go there; got ${base.origin}`);
  }
  return base;
}

const isThisMachine = ({ hostname }: URL): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

/** The secrets of the environment. For this machine, where neither is set, those of `npm start`. */
function secretsFor(base: URL, local: LocalRun | undefined): Secrets {
  const { cronSecret, adminToken } = config();
  if (cronSecret !== undefined && adminToken !== undefined) return { cronSecret, adminToken };
  if (cronSecret === undefined && adminToken === undefined && local !== undefined && isThisMachine(base)) {
    const { CRON_SECRET = "", ADMIN_TOKEN = "" } = local.defaults({});
    return { cronSecret: CRON_SECRET, adminToken: ADMIN_TOKEN };
  }
  const missing = [
    ...(cronSecret === undefined ? ["CRON_SECRET"] : []),
    ...(adminToken === undefined ? ["ADMIN_TOKEN"] : []),
  ];
  throw wrong(`smoke: expected ${missing.join(" and ")} of the deployment in the environment, got none`);
}

function lineOf({ name, ms, error }: Outcome, secrets: Secrets): string {
  const line = `${error === undefined ? "PASS" : "FAIL"}  ${`${ms} ms`.padStart(8)}  ${name}`;
  return error === undefined ? line : `${line}\n                → ${hide(error, secrets)}`;
}

/** Hides our secrets and the keys of the test site in a text, because a response of the deployment may contain them. */
function hide(text: string, secrets: Secrets): string {
  const hidden = Object.values(secrets).reduce((shown, secret) => shown.replaceAll(secret, "…"), text);
  return hidden.replace(/twk_(pub|sec)_[\w-]+/g, "twk_$1_…");
}

const wrong = (message: string): AppError => new AppError("invalid-parameter", message);
