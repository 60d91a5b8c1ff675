import { readFile } from "node:fs/promises";
import { escapeHtml } from "../../lib/mail/template/letter.ts";
import { currentMs } from "../../lib/time/clock.ts";
import { DEMO_ACCOUNTS, DEMO_PASSWORD, setupKeyOf, unusedCode } from "./known-accounts.ts";
import { codeOf, STEP_MS } from "./totp.ts";

/**
 * `/dev/accounts`, only on the local run: the demo accounts, their present codes, and a button for each that signs in as the
 * console does.
 */
export async function accountsPage(request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  switch (pathname) {
    case "/dev/accounts":
      return new Response(page(), { headers: { "Content-Type": "text/html; charset=utf-8" } });
    case "/dev/accounts/page.js":
      return new Response(await script(), { headers: { "Content-Type": "text/javascript" } });
    case "/dev/accounts/codes":
      return Response.json(presentCodes());
    case "/dev/accounts/unused-code":
      return Response.json({ code: unusedCode(searchParams.get("account") ?? "", currentMs()) ?? null });
    default:
      return new Response("not found\n", { status: 404 });
  }
}

const script = () => readFile(new URL("./page.js", import.meta.url), "utf8");

function presentCodes() {
  const ms = currentMs();
  return {
    secondsLeft: Math.ceil((STEP_MS - (ms % STEP_MS)) / 1000),
    codes: Object.fromEntries(DEMO_ACCOUNTS.map(({ id }) => [id, codeOf(setupKeyOf(id), ms)])),
  };
}

function page(): string {
  const { codes, secondsLeft } = presentCodes();
  const accounts = DEMO_ACCOUNTS.map(
    ({ id, name, email, role }) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${role}</td>
      <td><code>${escapeHtml(email)}</code></td><td><code data-code="${id}">${codes[id]}</code></td>
      <td><button type="button" data-account="${id}" data-email="${escapeHtml(email)}">Sign in</button></td></tr>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Demo accounts</title>
    <meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css">
    <script type="module" src="/dev/accounts/page.js"></script></head>
    <body><main><h1>Demo accounts</h1>
    <p>The password of all accounts is <code id="password">${DEMO_PASSWORD}</code>. A code changes every 30 seconds
      (in <span id="left">${secondsLeft}</span> s) and can be used once.</p>
    <div class="wide"><table><thead><tr><th>Name</th><th>Role</th><th>E-mail</th><th>Code</th><th></th></tr></thead>
      <tbody>${accounts.join("")}</tbody></table></div>
    <p id="status" role="status"></p></main></body></html>`;
}
