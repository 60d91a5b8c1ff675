import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Client, Club, Overview, OwnAccount } from "../../client/generated/types.ts";
import type { Role } from "../operator.ts";
import type { ApiState } from "./api-state.ts";

/** What every part of the console can use. Language, time zone and colours are in `useLocale`. */
export interface Ui {
  club: Club;
  /** Null before the sign-in. */
  operator: OwnAccount | null;
  /** Whether the operator's role includes this one. Hide or explain what the operator may not do. */
  can(role: Role): boolean;
  /** Calls the API. The browser sends the session's cookie itself. */
  client: Client;
  /** Counts the reloads; each one makes `useApi` read again. */
  reloads: number;
  reload(): void;
  /** Called when the server does not know the session any more (401). */
  sessionLost(): void;
}

export const UiContext: ReturnType<typeof createContext<Ui | undefined>> = createContext<Ui | undefined>(undefined);

export function useUi(): Ui {
  const ui = useContext(UiContext);
  if (ui === undefined) throw new Error("useUi must be called inside the console");
  return ui;
}

export const OverviewContext: ReturnType<typeof createContext<ApiState<Overview> | undefined>> = createContext<
  ApiState<Overview> | undefined
>(undefined);

/** What the overview shows. The frame reads it once, for the counts of the navigation too. */
export function useOverview(): ApiState<Overview> {
  const overview = useContext(OverviewContext);
  if (overview === undefined) throw new Error("useOverview must be called inside the frame");
  return overview;
}
