import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectTo, exchange } from "../support/http/raw-http.ts";

export interface Nginx {
  /** For clients and other proxies, which do without the PROXY protocol. */
  plainUrl: string;
  /** Sends a request from an address, which nginx is told by the PROXY protocol, and returns the body of the answer. */
  bodyFrom(address: string, path: string, headers?: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

/**
 * Debian's nginx with the `location /` of one server, on loopback.
 * @throws Error where it is not installed or does not start, with what it said.
 */
export async function startNginx(location: string): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), "taktwerk-nginx-"));
  const port = await freePort();
  writeFileSync(join(folder, "nginx.conf"), configuration(folder, port, location));
  const nginx = spawn("nginx", ["-p", folder, "-e", "stderr", "-c", "nginx.conf"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  nginx.stderr.on("data", (chunk) => {
    said += chunk;
  });
  const ended = Promise.race([once(nginx, "close"), once(nginx, "error")]).then(([reason]) => {
    throw new Error(`nginx did not start (Debian: apt-get install nginx-light): ${reason} ${said}`);
  });
  ended.catch(() => {}); // thrown where it is awaited
  const url = `http://127.0.0.1:${port}`;
  await Promise.race([opened(url), ended]);
  return {
    plainUrl: url.replace("127.0.0.1", "127.0.0.2"),
    bodyFrom: async (address, path, headers = []) => {
      const family = address.includes(":") ? "TCP6" : "TCP4";
      const lines = [`GET ${path} HTTP/1.1`, "Host: taktwerk.example.com", "Connection: close", ...headers];
      const proxied = `PROXY ${family} ${address} ${address} 50000 443\r\n${lines.join("\r\n")}\r\n\r\n`;
      const answer = await exchange(url, proxied);
      return answer.slice(answer.indexOf("\r\n\r\n") + 4);
    },
    close: async () => {
      if (nginx.exitCode === null) {
        const closed = once(nginx, "close");
        nginx.kill("SIGTERM");
        await closed;
      }
      rmSync(folder, { recursive: true });
    },
  };
}

/** The body of `location / { … }` in the handbook, with another address to pass requests on to. */
export function handbookLocation(upstream: string): string {
  const handbook = readFileSync("docs/self-hosting.md", "utf8");
  const [, location] = /^ {4}location \/ \{\n([\s\S]*?)\n {4}\}/m.exec(handbook) ?? [];
  if (location === undefined) throw new Error("expected a location in docs/self-hosting.md");
  return location.replace("http://127.0.0.1:3000", upstream);
}

const configuration = (folder: string, port: number, location: string): string => `
user root;
daemon off;
worker_processes 1;
pid ${folder}/pid;
events {}
http {
  access_log off;
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`).join(" ")}
  client_max_body_size 5m;
  gzip on;
  gzip_types text/css text/javascript application/json application/health+json image/svg+xml;
  server {
    listen 127.0.0.1:${port} proxy_protocol;
    set_real_ip_from 127.0.0.1;
    real_ip_header proxy_protocol;
    location / {
${location}
    }
  }
  server {
    listen 127.0.0.2:${port};
    location / {
${location}
    }
  }
}
`;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("expected a port");
  return address.port;
}

async function opened(url: string): Promise<void> {
  for (;;) {
    const socket = connectTo(url);
    const result = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true)).once("close", () => resolve(false));
    });
    socket.destroy();
    if (result) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
