import type { Language } from "./language.ts";

/** What started an execution, as the API says it. */
export interface Start {
  trigger: "cron" | "manual" | "catch-up" | "continuation" | "settlement";
  actor: { kind: string; name: string } | null;
  /** 1 for the first attempt. */
  attempt: number;
  dryRun: boolean;
  parameters: Record<string, unknown>;
}

/** Says in a few words who or what started an execution: "cron", "automatic retry", "forced by Jo Albrecht". */
export function describeStart({ trigger, actor, attempt, dryRun, parameters }: Start, language: Language): string {
  const words = WORDS[language];
  if (trigger === "settlement") return words.settlement;
  if (trigger === "catch-up") return words.catchUp;
  if (trigger === "continuation") return attempt > 1 ? words.retry : words.continuation;
  if (trigger === "cron") return attempt > 1 ? words.cronRetry : words.cron;
  if (actor === null) return words.byHand;
  if (actor.kind === "command-line") return words.commandLine;
  const who = nameOf(actor, language);
  if (dryRun) return words.by(who);
  return parameters.force === true || parameters.force === "true" ? words.forced(who) : words.started(who);
}

/** The name of an operator or token; for secrets of the deployment, what they are. */
export function nameOf({ kind, name }: { kind: string; name: string }, language: Language): string {
  if (kind === "admin-token") return "ADMIN_TOKEN";
  if (kind === "cron-secret") return "CRON_SECRET";
  if (kind === "api-token") return WORDS[language].token(name);
  return name;
}

const en = {
  cron: "cron",
  cronRetry: "retried by cron",
  retry: "automatic retry",
  continuation: "continued after a time limit",
  catchUp: "caught up",
  settlement: "late entries",
  byHand: "started by hand",
  by: (who: string): string => `by ${who}`,
  started: (who: string): string => `started by ${who}`,
  forced: (who: string): string => `forced by ${who}`,
  commandLine: "started from the command line",
  token: (name: string): string => `the token “${name}”`,
};

const de: typeof en = {
  cron: "Cron",
  cronRetry: "vom Cron wiederholt",
  retry: "automatische Wiederholung",
  continuation: "nach einem Zeitlimit fortgesetzt",
  catchUp: "nachgeholt",
  settlement: "späte Einträge",
  byHand: "von Hand gestartet",
  by: (who) => `von ${who}`,
  started: (who) => `gestartet von ${who}`,
  forced: (who) => `erzwungen von ${who}`,
  commandLine: "über die Kommandozeile gestartet",
  token: (name) => `dem Token „${name}“`,
};

const WORDS = { en, de };
