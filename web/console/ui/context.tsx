import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Client } from "../../client/generated/types.ts";
import type { Format } from "../format.ts";
import type { Operator, Role } from "../operator.ts";
import type { Language, Scheme } from "../preferences.ts";
import type { Words } from "../words/en.ts";
import type { Action } from "./action.ts";

/** What every part of the console can use. */
export interface Ui {
  /** The texts of the tabs before the redesign; new pages call `useWords`. */
  words: Words;
  /** Formats in the operator's language; instants in the club's zone. */
  format: Format;
  language: Language;
  scheme: Scheme;
  /** Whether the colours are dark now, by choice or by the system. Charts are redrawn when this changes. */
  dark: boolean;
  club: Club;
  /** Null before the sign-in. */
  operator: Operator | null;
  /** Whether the operator's role includes this one. Hide or explain what the operator may not do. */
  can(role: Role): boolean;
  token: string | undefined;
  /** Calls the API. The browser sends the session's cookie itself. */
  client: Client;
  /** Counts the reloads; each one makes `useApi` read again. */
  reloads: number;
  reload(): void;
  /** Called after each successful response. */
  loaded(): void;
  /** Called when the server refuses the caller. */
  refused(status: number): void;
  /** Asks for confirmation, sends the action and shows the response. */
  ask(action: Action): void;
}

export interface Club {
  name: string;
  /** The IANA zone in which the console shows times. */
  timezone: string;
}

export const UiContext: ReturnType<typeof createContext<Ui | undefined>> = createContext<Ui | undefined>(undefined);

export function useUi(): Ui {
  const ui = useContext(UiContext);
  if (ui === undefined) throw new Error("useUi must be called inside the console");
  return ui;
}
