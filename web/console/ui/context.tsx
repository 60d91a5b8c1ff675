import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Client } from "../../client/generated/types.ts";
import type { Format } from "../format.ts";
import type { Language, Scheme } from "../preferences.ts";
import type { Words } from "../words/en.ts";
import type { Action } from "./action.ts";

/** What every part of the console can use. */
export interface Ui {
  words: Words;
  format: Format;
  language: Language;
  scheme: Scheme;
  /** Whether the colours are dark now, by choice or by the system. Charts are redrawn when this changes. */
  dark: boolean;
  token: string | undefined;
  /** Calls the API with the operator's token. */
  client: Client;
  /** Counts the reloads; each one makes `useApi` read again. */
  reloads: number;
  reload(): void;
  /** Called after each successful response. */
  loaded(): void;
  /** Called when the server refuses the token. */
  refused(status: number): void;
  /** Asks for confirmation, sends the action and shows the response. */
  ask(action: Action): void;
}

export const UiContext: ReturnType<typeof createContext<Ui | undefined>> = createContext<Ui | undefined>(undefined);

export function useUi(): Ui {
  const ui = useContext(UiContext);
  if (ui === undefined) throw new Error("useUi must be called inside the console");
  return ui;
}
