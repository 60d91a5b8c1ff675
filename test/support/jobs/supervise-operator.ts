import { type Name, type SQL, sql } from "drizzle-orm";
import PostalMime from "postal-mime";
import { onTestFinished } from "vitest";
import { configure, type Environment } from "../../../lib/config/config.ts";
import { type Db, json, row, rows } from "../../../lib/db/db.ts";
import { smtpSink } from "../../fakes/smtp-sink.ts";

/** The settings with which alerts go to a server on this machine. */
export function alertSettings(port: number, over: Environment = {}): Environment {
  return {
    SMTP_HOST: "127.0.0.1",
    SMTP_PORT: String(port),
    EMAIL_FROM: "Taktwerk <mail@club.example>",
    ALERT_EMAIL: "operator@club.example",
    ...over,
  };
}

/** An operator who receives alerts, on a real mail server, until the test is over. */
export async function operator(over: Environment = {}) {
  const sink = await smtpSink();
  onTestFinished(() => sink.close());
  configure(alertSettings(sink.port, over));
  /** The mails that have come, in their order. */
  const mails = () => Promise.all(sink.mails.map(({ raw }) => PostalMime.parse(raw)));
  /** The subjects of those that contain a word. */
  const subjects = async (about = "") =>
    (await mails()).map(({ subject }) => subject ?? "").filter((subject) => subject.includes(about));
  return { sink, mails, subjects };
}

/** Each before the tables that it refers to. */
const RUNS = ["job_executions", "job_runs", "period_changes", "cron_watches", "incidents", "job_pauses"];

/** Forgets all runs and all that ticks know, and nothing else. */
export async function forgetRuns(db: Db): Promise<void> {
  for (const table of RUNS) await rows(db, sql`delete from ${sql.identifier(table)}`);
}

/** Keeps all that `forgetRuns` forgets. @returns how to put it back in the place of what there is by then. */
export async function keepRuns(db: Db): Promise<() => Promise<void>> {
  const kept: { table: Name; content: unknown; columns: SQL }[] = [];
  for (const name of RUNS) {
    const table = sql.identifier(name);
    const { content, columns } = await row<{ content: unknown; columns: string }>(
      db,
      sql`select (select coalesce(jsonb_agg(to_jsonb(kept)), '[]') from ${table} as kept) as content,
        (select string_agg(attname, ', ') from pg_attribute
          where attrelid = ${name}::regclass and attnum > 0 and not attisdropped and attgenerated = '') as columns`,
    );
    kept.push({ table, content, columns: sql.raw(columns) });
  }
  return async () => {
    await forgetRuns(db);
    for (const { table, content, columns } of kept.toReversed()) {
      await rows(
        db,
        sql`insert into ${table} (${columns}) overriding system value
          select ${columns} from jsonb_populate_recordset(null::${table}, ${json(content)})`,
      );
    }
  };
}

export interface Kept {
  key: string;
  closed: boolean;
  alerted: boolean;
  recovered: boolean;
  error: string | null;
}

/** All incidents on record, oldest first. */
export function incidentsOf(db: Db, about = ""): Promise<Kept[]> {
  return rows<Kept>(
    db,
    sql`select key, closed_at is not null as closed, alerted_at is not null as alerted,
        recovery_alerted_at is not null as recovered, alert_error as error
      from incidents where key like ${`%${about}%`} order by id`,
  );
}

/** What each job needs, and ticks do not: `table` or `table column`. */
const NEEDED: Record<string, string> = {
  "weekly-events": "awards",
  "monthly-events": "awards",
  "email-dispatch": "email_queue lease_token",
  "job-cleanup": "email_queue html",
};

/** Takes away what a job needs, so that its runs fail, and puts it back. */
export async function mislay(db: Db, job: string, back?: "back"): Promise<void> {
  const [table = "", column] = (NEEDED[job] ?? "").split(" ");
  const [from, to] = back ? ["mislaid", column ?? table] : [column ?? table, "mislaid"];
  const renaming = column === undefined ? `${from} rename to ${to}` : `${table} rename column ${from} to ${to}`;
  await db.execute(sql.raw(`alter table ${renaming}`));
}
