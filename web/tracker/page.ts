import { MAX_TEXT, MAX_URL } from "./limits.ts";

/** The page's address without the part after `#`, which may hold secrets. A path there (`#/…`) is kept. */
export const here = (): string => location.href.replace(/#(?![/!]).*/, "").slice(0, MAX_URL);

/** Whether the visitor refuses tracking: Do Not Track in the spellings of browsers, or Global Privacy Control. */
export const optedOut = (): boolean =>
  /1|yes|true/.test(`${[navigator.doNotTrack, window.doNotTrack, navigator.globalPrivacyControl]}`);

/** Listens before the page's own handlers, because those may stop the event. Errors stay inside. */
export function on<Type extends keyof WindowEventMap>(type: Type, handle: (event: WindowEventMap[Type]) => void): void {
  addEventListener(type, (event) => attempt(() => handle(event)), true);
}

/** @returns undefined on an error. */
export function attempt<Result>(action: () => Result, failed?: (error: unknown) => void): Result | undefined {
  try {
    return action();
  } catch (error) {
    failed?.(error);
  }
}

/** Reads the form by attributes, because a field named "id" replaces the property `form.id`. */
export function describeForm(form: HTMLFormElement | string): Record<string, unknown> {
  if (typeof form === "string") return { name: form };
  const [id, name, method, action] = ["id", "name", "method", "action"].map((it) => form.getAttribute(it) ?? undefined);
  return { id, name, method, action: new URL(action ?? "", document.baseURI).pathname };
}

/** The value of a button is its label. An element that is a button only by its role may hold text of the visitor. */
const CLICKABLE = "a[href],button,[type=button],[type=submit],[role=button]:not(input)";

/** The clicked button or link, also when the click hit an element inside it; otherwise undefined. */
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
