import { type ComponentChildren, createContext, type JSX } from "preact";
import { useContext, useMemo } from "preact/hooks";
import { type Format, formatOf } from "./format.ts";

export type Language = "de" | "en";

/** What components need to know of the reader. */
export interface Locale {
  language: Language;
  /** The club's time zone (IANA), in which all times are shown. */
  zone: string;
  /** Whether the colours are dark now, by choice or by the system. Charts are redrawn when this changes. */
  dark: boolean;
  format: Format;
}

const LocaleContext = createContext<Locale | undefined>(undefined);

interface Props extends Omit<Locale, "format"> {
  children: ComponentChildren;
}

/** Gives language, time zone and colour scheme to all components inside. */
export function LocaleProvider({ language, zone, dark, children }: Props): JSX.Element {
  const locale = useMemo(() => ({ language, zone, dark, format: formatOf(language, zone) }), [language, zone, dark]);
  return <LocaleContext.Provider value={locale}>{children}</LocaleContext.Provider>;
}

export function useLocale(): Locale {
  const locale = useContext(LocaleContext);
  if (locale === undefined) throw new Error("useLocale must be called inside LocaleProvider");
  return locale;
}

/** The words of an area (its `words.ts`) in the reader's language. */
export function useWords<Words>(words: Readonly<Record<Language, Words>>): Words {
  return words[useLocale().language];
}
