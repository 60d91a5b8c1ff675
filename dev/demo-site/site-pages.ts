import { readFile } from "node:fs/promises";
import { DEMO_SITE } from "../demo-data/seed-site.ts";

/**
 * `/dev/site`: a small site of the demo club that uses the tracker as every site does. It has pages that load, views that a
 * script changes, buttons with icons, and a form.
 */
export async function sitePage(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname === "/dev/site.js")
    return new Response(await script(), { headers: { "Content-Type": "text/javascript" } });
  const page = PAGES[pathname];
  if (page === undefined) return new Response("not found\n", { status: 404 });
  return new Response(html(page), { headers: { "Content-Type": "text/html; charset=utf-8" } });
}

const script = () => readFile(new URL("./site-page.js", import.meta.url), "utf8");

interface Page {
  title: string;
  body: string;
}

const PAGES: Record<string, Page> = {
  "/dev/site": {
    title: "Demo club",
    body: `<p>Strength, endurance, and people who notice when you are missing.</p>
      <p><button type="button" id="trial"><svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><path d="M2 8h12M9 3l5 5-5 5" fill="none" stroke="currentColor"/></svg> Try it for free</button></p>
      <h2>Without loading a page</h2>
      <p>These change the view with <code>history.pushState</code>, as single-page applications do.</p>
      <p><button type="button" data-view="/dev/site/classes/strength">Strength</button>
      <button type="button" data-view="/dev/site/classes/endurance">Endurance</button></p>
      <p id="view" aria-live="polite"></p>`,
  },
  "/dev/site/prices": {
    title: "Prices",
    body: `<table><tr><th scope="row">Once</th><td>12 €</td></tr><tr><th scope="row">A month</th><td>49 €</td></tr></table>
      <p><a href="/dev/site/contact?from=prices">Ask us</a></p>`,
  },
  "/dev/site/contact": {
    title: "Contact",
    body: `<form id="contact" action="/dev/site/contact"><p><label>Name <input name="name" autocomplete="name"></label></p>
      <p><label>Message <textarea name="message"></textarea></label></p>
      <p><button>Send</button></p><p id="sent" role="status"></p></form>
      <p>Your text never leaves this page. Only the fact that the form was sent is counted.</p>`,
  },
};

/** The views that the script shows, for visitors who reload the page. */
for (const view of ["strength", "endurance"]) {
  PAGES[`/dev/site/classes/${view}`] = {
    title: view,
    body: `<p>Loaded again.</p><p><a href="/dev/site">Back</a></p>`,
  };
}

const html = ({ title, body }: Page): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
<script defer src="/tracker.js" data-customer-id="${DEMO_SITE.customerId}" data-key="${DEMO_SITE.writeKey}"></script>
<script defer src="/dev/site.js"></script>
</head>
<body>
<main>
<nav><a href="/dev/site">Club</a> <a href="/dev/site/prices">Prices</a> <a href="/dev/site/contact">Contact</a></nav>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
