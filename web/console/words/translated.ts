import { useUi } from "../ui/context.tsx";

/**
 * The texts of a page or a part in both languages. German is typed against English:
 *
 *     const en = { title: "Runs" };
 *     const de: typeof en = { title: "Läufe" };
 *     export const words: Translated<typeof en> = { en, de };
 */
export interface Translated<T> {
  en: T;
  de: T;
}

/** The texts in the operator's language. */
export function useWords<T>(words: Translated<T>): T {
  return words[useUi().language];
}
