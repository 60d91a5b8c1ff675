import { execFileSync } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where Debian's package keeps what it makes its configuration of. */
const PACKAGE = "/usr/share/postfix";
/** Whose mailbox there is on every Debian. */
export const LOCAL_USER = "games";

export interface Postfix {
  port: number;
  /** All that lies in the mailbox of `LOCAL_USER`, in mbox format. */
  mailbox(): string;
  log(): string;
  stop(): void;
}

/**
 * Starts Debian's Postfix as its package configures it ("Internet Site", with a certificate that it signed itself), beside
 * any that runs already: a configuration, a queue and mailboxes of its own, on a port of its own on loopback. Needs root, as
 * Postfix does.
 * @param settings What differs from the package's configuration.
 */
export async function startPostfix(settings: Record<string, string> = {}): Promise<Postfix> {
  if (!existsSync("/usr/sbin/postfix")) {
    throw new Error("expected Postfix, found none: apt-get install -y --no-install-recommends postfix");
  }
  const home = mkdtempSync(join(tmpdir(), "taktwerk-postfix-"));
  const port = await freePort();
  configure(home, port, settings);
  const log = () => (existsSync(join(home, "log")) ? readFileSync(join(home, "log"), "utf8") : "(no log)");
  const stop = () => {
    try {
      postfix(home, "stop");
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  };
  try {
    postfix(home, "start");
  } catch (cause) {
    const said = log();
    rmSync(home, { recursive: true, force: true });
    throw new Error(`Postfix did not start: ${said}`, { cause });
  }
  const file = join(home, "mail", LOCAL_USER);
  return { port, mailbox: () => (existsSync(file) ? readFileSync(file, "utf8") : ""), log, stop };
}

const postfix = (home: string, command: string) =>
  execFileSync("/usr/sbin/postfix", ["-c", join(home, "etc"), command], { stdio: "pipe" });

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => void server.close(resolve));
  return port;
}

function configure(home: string, port: number, settings: Record<string, string>): void {
  chmodSync(home, 0o755);
  for (const name of ["etc", "queue", "data", "mail"]) mkdirSync(join(home, name));
  chmodSync(join(home, "mail"), 0o1777);
  const id = Number(execFileSync("id", ["-u", "postfix"], { encoding: "utf8" }));
  chownSync(join(home, "data"), id, id);
  cpSync("/etc/postfix/postfix-files", join(home, "etc/postfix-files"));
  copyFileSync("/etc/postfix/dynamicmaps.cf", join(home, "etc/dynamicmaps.cf"));
  const services = readFileSync(join(PACKAGE, "master.cf.dist"), "utf8");
  writeFileSync(join(home, "etc/master.cf"), services.replace(/^smtp +inet/m, `127.0.0.1:${port} inet`));
  const main = join(home, "etc/main.cf");
  copyFileSync(join(PACKAGE, "main.cf.debian"), main);
  appendFileSync(main, readFileSync(join(PACKAGE, "main.cf.tls")));
  const { certificate, key } = snakeoil(home);
  // What the package sets beyond its files, then what keeps this one to itself.
  const values: Record<string, string> = {
    smtpd_relay_restrictions: "permit_mynetworks permit_sasl_authenticated defer_unauth_destination",
    myhostname: "debian.example",
    mydestination: "$myhostname, localhost.localdomain, localhost",
    mynetworks: "127.0.0.0/8 [::ffff:127.0.0.0]/104 [::1]/128",
    mailbox_size_limit: "0",
    recipient_delimiter: "+",
    smtpd_tls_cert_file: certificate,
    smtpd_tls_key_file: key,
    alias_maps: "",
    alias_database: "",
    inet_interfaces: "loopback-only",
    queue_directory: join(home, "queue"),
    data_directory: join(home, "data"),
    mail_spool_directory: join(home, "mail"),
    maillog_file: join(home, "log"),
    maillog_file_prefixes: home,
    ...settings,
  };
  execFileSync("/usr/sbin/postconf", [
    "-c",
    join(home, "etc"),
    ...Object.entries(values).map(([name, value]) => `${name}=${value}`),
  ]);
  jail(join(home, "queue"));
}

/** The package's services run in the queue's directory as their root, with these files copied there before each start. */
function jail(queue: string): void {
  mkdirSync(join(queue, "etc"));
  for (const name of ["hosts", "services", "resolv.conf", "nsswitch.conf", "host.conf", "localtime"]) {
    if (existsSync(`/etc/${name}`)) copyFileSync(`/etc/${name}`, join(queue, "etc", name));
  }
}

/** A certificate as the package ssl-cert makes one: self-signed, for the machine's name. */
function snakeoil(home: string): { certificate: string; key: string } {
  const [certificate, key] = [join(home, "etc/snakeoil.pem"), join(home, "etc/snakeoil.key")];
  const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-subj", "/CN=debian"];
  execFileSync("openssl", [...request, "-keyout", key, "-out", certificate], { stdio: "pipe" });
  return { certificate, key };
}
