import type { WaitingCounts } from "../../../client/generated/types.ts";
import type { PageName } from "../../routing/paths.ts";
import type { IconName } from "../../ui/basics/icon-names.ts";

export type Area = Exclude<PageName, "parts">;

interface Entry {
  area: Area;
  icon: IconName;
  /** The count of what waits there. */
  waiting?: keyof WaitingCounts;
  tone?: "neutral" | "warn" | "bad";
}

const overview: Entry = { area: "overview", icon: "layout-dashboard" };
const bookings: Entry = { area: "bookings", icon: "calendar-days", waiting: "bookings", tone: "bad" };
const members: Entry = { area: "members", icon: "users" };
const attendance: Entry = { area: "attendance", icon: "clipboard-check", waiting: "attendance", tone: "warn" };
const mail: Entry = { area: "mail", icon: "mail", waiting: "mail", tone: "warn" };
const site: Entry = { area: "site", icon: "chart-line" };
const runs: Entry = { area: "runs", icon: "timer" };
const incidents: Entry = { area: "incidents", icon: "siren", waiting: "incidents" };
const settings: Entry = { area: "settings", icon: "settings" };

/** The side bar: groups with their areas. */
export const GROUPS: readonly (readonly [group: "club" | "audience" | "operations" | undefined, Entry[]])[] = [
  [undefined, [overview]],
  ["club", [bookings, members, attendance]],
  ["audience", [mail, site]],
  ["operations", [runs, incidents, settings]],
];

/** The bottom bar of a phone, and what its last button opens. */
export const BOTTOM: readonly Entry[] = [overview, bookings, attendance, runs];
export const MORE: readonly Entry[] = [members, mail, site, incidents, settings];

export type { Entry };

/** The path of an area's first page. */
export const hrefOf = (area: Area): string => (area === "overview" ? "/" : `/${area}`);

/** The area that a path belongs to; undefined for pages outside the navigation. */
export const areaOf = (path: string): Area | undefined =>
  GROUPS.flatMap(([, entries]) => entries).find(
    ({ area }) => path === hrefOf(area) || (area !== "overview" && path.startsWith(`${hrefOf(area)}/`)),
  )?.area;
