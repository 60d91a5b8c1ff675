import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { untilListening } from "../support/http/listening.ts";
import { freePort } from "./postgres.ts";

/** A real PgBouncer (Debian's `pgbouncer`) before a database. @returns the database's URL through it. */
export async function startPgBouncer(
  url: string,
  mode: "session" | "transaction",
): Promise<{ url: string; stop: () => Promise<void> }> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const home = mkdtempSync(join(tmpdir(), "taktwerk-pgbouncer-"));
  chmodSync(home, 0o755);
  const own = await freePort();
  writeFileSync(
    join(home, "pgbouncer.ini"),
    `[databases]
* = host=${hostname} port=${port} user=${username} password=${password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
`,
  );
  const asRoot = process.getuid?.() === 0 ? ["--user", "postgres"] : []; // it refuses to run as root
  const bouncer = spawn("pgbouncer", ["--quiet", ...asRoot, join(home, "pgbouncer.ini")], { stdio: "ignore" });
  const failed = Promise.race([
    once(bouncer, "error").then(([error]) => Promise.reject(error)),
    once(bouncer, "exit").then(([code]) => Promise.reject(new Error(`pgbouncer ended with ${code}`))),
  ]);
  failed.catch(() => {}); // ends with the server, too
  await Promise.race([failed, untilListening(own)]);
  const stop = async () => {
    const gone = once(bouncer, "exit");
    bouncer.kill("SIGINT");
    await gone;
    rmSync(home, { recursive: true });
  };
  return { url: `postgresql://${username}:${password}@127.0.0.1:${own}${pathname}`, stop };
}
