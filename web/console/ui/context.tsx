import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Format } from "../format.ts";
import type { Language, Scheme } from "../preferences.ts";
import type { Words } from "../words/en.ts";
import type { Action } from "./action.ts";

/** What every part of the dashboard may ask for. */
export interface Ui {
  words: Words;
  format: Format;
  language: Language;
  scheme: Scheme;
  /** Whether it is dark now, by choice or by the system's. Charts are drawn anew when it changes. */
  dark: boolean;
  token: string;
  /** Counts up with every reload: what was read is read again. */
  reloads: number;
  reload(): void;
  /** An answer came. */
  loaded(): void;
  /** The server refuses the token. */
  refused(status: number): void;
  /** Asks before it does something, and shows what became of it. */
  ask(action: Action): void;
}

export const UiContext: ReturnType<typeof createContext<Ui | undefined>> = createContext<Ui | undefined>(undefined);

export function useUi(): Ui {
  const ui = useContext(UiContext);
  if (ui === undefined) throw new Error("useUi: expected to be within the dashboard");
  return ui;
}
