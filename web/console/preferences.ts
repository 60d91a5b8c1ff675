/** The operator's choices on this device: language and colours. Nothing else outlives the tab. */

export type Language = "de" | "en";
export type Scheme = "auto" | "light" | "dark";

const LANGUAGE = "taktwerk.language";
const SCHEME = "taktwerk.scheme";

/** The chosen language, else the first supported language of the browser, else English. */
export function readLanguage(): Language {
  const preferred = [localStorage.getItem(LANGUAGE), ...navigator.languages, navigator.language];
  const known = preferred.map((tag) => tag?.slice(0, 2)).find((tag) => tag === "de" || tag === "en");
  return known === "de" ? "de" : "en";
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(LANGUAGE, language);
}

export function readScheme(): Scheme {
  const kept = localStorage.getItem(SCHEME);
  return kept === "light" || kept === "dark" ? kept : "auto";
}

export function keepScheme(scheme: Scheme): void {
  localStorage.setItem(SCHEME, scheme);
}
