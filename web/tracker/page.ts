import { MAX_TEXT, MAX_URL } from "./limits.ts";

/** Where the page is. What stands behind # is no part of that (it may hold secrets), unless it is a path of its own. */
export const here = (): string => location.href.replace(/#(?![/!]).*/, "").slice(0, MAX_URL);

/** Do Not Track, as browsers have written it, and Global Privacy Control. */
export const optedOut = (): boolean =>
  /1|yes|true/.test(`${[navigator.doNotTrack, window.doNotTrack, navigator.globalPrivacyControl]}`);

/** Listens before the page's own handlers, which may stop what they handle, and lets no error out. */
export function on<Type extends keyof WindowEventMap>(type: Type, handle: (event: WindowEventMap[Type]) => void): void {
  addEventListener(type, (event) => attempt(() => handle(event)), true);
}

/** @returns undefined where it fails. */
export function attempt<Result>(action: () => Result, failed?: (error: unknown) => void): Result | undefined {
  try {
    return action();
  } catch (error) {
    failed?.(error);
  }
}

/** The form itself. Attributes, since fields can take the place of properties: a field named "id" is `form.id`. */
export function describeForm(form: HTMLFormElement | string): Record<string, unknown> {
  if (typeof form === "string") return { name: form };
  const [id, name, method, action] = ["id", "name", "method", "action"].map((it) => form.getAttribute(it) ?? undefined);
  return { id, name, method, action: new URL(action ?? "", document.baseURI).pathname };
}

/** An input that is one by its role may hold what somebody wrote; the others' value is what they are called. */
const CLICKABLE = "a[href],button,[type=button],[type=submit],[role=button]:not(input)";

/** The button or link that was clicked, however deep inside it; undefined where none was. */
export function describeClick(event: Event): Record<string, unknown> | undefined {
  const path = event.composedPath() as HTMLInputElement[];
  const element = path.find((node) => node.matches?.(CLICKABLE));
  if (!element) return;
  const tag = element.localName;
  return {
    tag,
    id: element.id,
    text: (tag === "input" ? element.value : element.textContent).trim().slice(0, MAX_TEXT),
    href: (element as { href?: string }).href?.split?.(/[?#]/)[0],
  };
}
