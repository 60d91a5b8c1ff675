import type { JSX } from "preact";
import type { Language, Scheme } from "../preferences.ts";
import { useUi } from "./context.tsx";

export interface PreferenceSetters {
  setLanguage(language: Language): void;
  setScheme(scheme: Scheme): void;
}

/** Selects for language and colours. */
export function Switches({ setLanguage, setScheme }: PreferenceSetters): JSX.Element {
  const { words, language, scheme } = useUi();
  return (
    <>
      <select
        aria-label={words.language}
        value={language}
        onChange={(event) => setLanguage(event.currentTarget.value as Language)}
      >
        <option value="de" lang="de">
          Deutsch
        </option>
        <option value="en" lang="en">
          English
        </option>
      </select>
      <select
        aria-label={words.colours.label}
        value={scheme}
        onChange={(event) => setScheme(event.currentTarget.value as Scheme)}
      >
        <option value="auto">{words.colours.auto}</option>
        <option value="light">{words.colours.light}</option>
        <option value="dark">{words.colours.dark}</option>
      </select>
    </>
  );
}
