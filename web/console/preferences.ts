/** What the operator has chosen on this device: language and colours. Nothing else is kept beyond the tab. */

export type Language = "de" | "en";
export type Scheme = "auto" | "light" | "dark";

const LANGUAGE = "taktwerk.language";
const SCHEME = "taktwerk.scheme";

/** As chosen, else the first of the browser's languages that there are words in, else English. */
export function readLanguage(): Language {
  const wanted = [localStorage.getItem(LANGUAGE), ...navigator.languages, navigator.language];
  const known = wanted.map((tag) => tag?.slice(0, 2)).find((tag) => tag === "de" || tag === "en");
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
