import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Language, Scheme } from "../preferences.ts";

/** What the operator chooses for this device, and for their account: language and colours. */
export interface Preferences {
  language: Language;
  scheme: Scheme;
  setLanguage(language: Language): void;
  setScheme(scheme: Scheme): void;
}

export const PreferencesContext: ReturnType<typeof createContext<Preferences | undefined>> = createContext<
  Preferences | undefined
>(undefined);

export function usePreferences(): Preferences {
  const preferences = useContext(PreferencesContext);
  if (preferences === undefined) throw new Error("usePreferences must be called inside the console");
  return preferences;
}
