import { backgroundWork } from "../../../lib/http/background.ts";
import { api } from "./api.ts";

export interface ConsoleAnswer<Body = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: Body;
}

/** A browser with the console: it keeps cookies and says, as browsers do, that changes come from a page of the deployment. */
export class ConsoleBrowser {
  readonly cookies = new Map<string, string>();
  readonly #headers: Record<string, string>;

  /** @param headers What each change is sent with, beside its cookies. */
  constructor(
    headers: Record<string, string> = { origin: "https://taktwerk.example", "sec-fetch-site": "same-origin" },
  ) {
    this.#headers = headers;
  }

  async send<Body = Record<string, unknown>>(
    method: string,
    path: string,
    json?: unknown,
  ): Promise<ConsoleAnswer<Body>> {
    const request = new Request(`https://taktwerk.example/api/auth/${path}`, {
      method,
      headers: {
        ...this.#headers,
        ...(this.cookies.size > 0 && { cookie: this.cookieHeader }),
        ...(json !== undefined && { "content-type": "application/json" }),
        "user-agent": "Browser of the tests",
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
    const response = await api(request);
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    const text = await response.text();
    await backgroundWork();
    return { status: response.status, headers: response.headers, body: (text && JSON.parse(text)) as Body };
  }

  get<Body = Record<string, unknown>>(path: string) {
    return this.send<Body>("GET", path);
  }

  post<Body = Record<string, unknown>>(path: string, json?: unknown) {
    return this.send<Body>("POST", path, json);
  }

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  #keep(cookie: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (/max-age=0\b/i.test(cookie)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
