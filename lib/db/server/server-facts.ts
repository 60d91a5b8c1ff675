import { sql } from "drizzle-orm";
import { type Db, row } from "../db.ts";
import { POOL } from "../drivers/pool.ts";
import type { Pooling } from "../drivers/pooling.ts";

/** The properties of a database server that Taktwerk depends on. Doctor and health report them. */
export interface ServerFacts {
  /** `15.18 (Debian 15.18-0+deb12u1)`. */
  version: string;
  major: number;
  /** The encoding of the database: `UTF8`. */
  encoding: string;
  /** Whether the server compiles statements, and from which cost on. */
  jit: { on: boolean; aboveCost: number };
  btreeGist: "installed" | "available" | "missing";
  /** The connections that this role may open: the smallest of the limits of server, database and role. */
  connections: { most: number; free: number };
}

/** A finding in a sentence, with a remedy if something is wrong. */
export interface Remark {
  status: "pass" | "warn" | "fail";
  says: string;
  remedy?: string;
}

const OLDEST_MAJOR = 15;
/** Postgres' own default. With a lower value, a server compiles statements that take milliseconds. */
const JIT_ABOVE_COST = 100_000;

/** Reads the properties of a server. Every role may do so. */
export async function readServerFacts(db: Db): Promise<ServerFacts> {
  const facts = await row<
    Omit<ServerFacts, "jit" | "connections" | "major"> & Record<Numbers, number> & { on: boolean }
  >(
    db,
    sql`select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
        current_setting('server_encoding') as encoding, current_setting('jit')::bool and pg_jit_available() as on,
        current_setting('jit_above_cost')::float8 as above,
        case when exists (select from pg_extension where extname = 'btree_gist') then 'installed'
          when exists (select from pg_available_extensions where name = 'btree_gist') then 'available'
          else 'missing' end as "btreeGist",
        least(server.most, nullif(datconnlimit, -1), nullif(rolconnlimit, -1)) as most,
        least(server.most - used, nullif(datconnlimit, -1) - used_here, nullif(rolconnlimit, -1) - used_by_us) as free
      from (select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
            - coalesce(current_setting('reserved_connections', true)::int, 0) as most) as server
        cross join (select datconnlimit from pg_database where datname = current_database()) as here
        cross join (select rolconnlimit from pg_roles where rolname = current_user) as us
        cross join (select count(*)::int as used, (count(*) filter (where datname = current_database()))::int as used_here,
            (count(*) filter (where usename = current_user))::int as used_by_us
          from pg_stat_activity where datid is not null and usesysid is not null) as activity`,
  );
  const { version, number, encoding, on, above, btreeGist, most, free } = facts;
  return {
    version,
    major: Math.floor(number / 10_000),
    encoding,
    jit: { on: on && above >= 0, aboveCost: above },
    btreeGist,
    connections: { most, free },
  };
}

type Numbers = "number" | "above" | "most" | "free";

/** Returns the findings about a server, with a remedy for each fault. Pure. */
export function judgeServer(facts: ServerFacts): Remark[] {
  return [ofVersion(facts), ofEncoding(facts), ofJit(facts), ofBtreeGist(facts)];
}

function ofVersion({ version, major }: ServerFacts): Remark {
  if (major >= OLDEST_MAJOR) return { status: "pass", says: `Postgres ${version}` };
  const remedy = `use a server of version ${OLDEST_MAJOR} or newer`;
  return { status: "fail", says: `Postgres ${major} is too old`, remedy };
}

function ofEncoding({ encoding }: ServerFacts): Remark {
  if (encoding === "UTF8") return { status: "pass", says: "texts are UTF-8" };
  const remedy = "create a new database: createdb --template=template0 --encoding=UTF8 --locale=C.UTF-8";
  return { status: "fail", says: `the database stores texts as ${encoding}, expected UTF8`, remedy };
}

/** Statements that JIT would slow down turn it off (planner.ts). All others cost less than the default threshold. */
function ofJit({ jit }: ServerFacts): Remark {
  if (!jit.on) return { status: "pass", says: "JIT is off" };
  if (jit.aboveCost >= JIT_ABOVE_COST) return { status: "pass", says: "JIT is on, as distributions ship it" };
  return {
    status: "warn",
    says: `JIT compiles statements from a cost of ${jit.aboveCost} on, which slows down small ones`,
    remedy: `alter database … set jit_above_cost = ${JIT_ABOVE_COST} (Postgres' default), or set jit = off`,
  };
}

function ofBtreeGist({ btreeGist }: ServerFacts): Remark {
  if (btreeGist === "installed") return { status: "pass", says: "the extension btree_gist is installed" };
  if (btreeGist === "available") {
    const remedy = "npm run db:migrate installs it";
    return { status: "warn", says: "the extension btree_gist is not installed yet", remedy };
  }
  return {
    status: "fail",
    says: "the extension btree_gist is missing; it keeps providers from being booked twice",
    remedy: "install the distribution's postgresql-contrib, or use a server that has it (Neon does)",
  };
}

const CONNECTED: Record<Pooling, string> = {
  embedded: "embedded in this process",
  direct: "connected directly, without a pooler",
  session: "through a pooler in session mode",
  transaction: "through a pooler in transaction mode",
};

/** Returns the finding about the connection to the server. Pure. @param onVercel Whether many instances share the server. */
export function judgePooling(pooling: Pooling, onVercel: boolean): Remark {
  const says = CONNECTED[pooling];
  if (pooling === "session") {
    const remedy = "set pool_mode = transaction in pgbouncer.ini";
    return { status: "warn", says: `${says}, which saves no connections`, remedy };
  }
  if (pooling !== "direct" || !onVercel) return { status: "pass", says };
  const remedy = "set DATABASE_URL to the pooled connection string (Neon: the host with -pooler in its name)";
  return { status: "warn", says: `${says}: each instance takes up to ${POOL.max} connections`, remedy };
}

/** Returns whether the server has enough free connections for one more instance. Pure. */
export function judgeConnections({ connections: { most, free } }: ServerFacts): Remark {
  const says = `${free} of ${most} connections are free`;
  if (free >= POOL.max) return { status: "pass", says };
  return {
    status: "warn",
    says: `${says}, and an instance takes up to ${POOL.max}`,
    remedy:
      "raise max_connections (then restart the server), end sessions that hold them, or put PgBouncer in front of it",
  };
}
