import type { Trouble } from "../app/connection.ts";

/** The texts around the pages: navigation, account menu, banners. */
const en = {
  areas: {
    overview: "Overview",
    bookings: "Bookings",
    members: "Members",
    attendance: "Attendance",
    mail: "Mail",
    site: "Site",
    runs: "Runs",
    incidents: "Incidents",
    settings: "Settings",
  },
  groups: { club: "Club", audience: "Audience", operations: "Operations" },
  navigation: "Areas",
  more: "More",
  waiting: "waiting",
  search: "Search",
  incidents: (count: number): string =>
    count === 0 ? "Incidents" : count === 1 ? "1 open incident" : `${count} open incidents`,
  account: "Account",
  roles: { viewer: "Viewer", staff: "Staff", admin: "Administrator" },
  myAccount: "My account",
  colours: { auto: "Colours as the system", light: "Light colours", dark: "Dark colours" },
  signOut: "Sign out",
  loading: "Loading",
  trouble: {
    unreachable: "The server cannot be reached. What you see may be out of date; this page keeps trying.",
    slow: "The server is slow at the moment. What you asked for is still on its way.",
    refusing: "The server cannot work at the moment. This page tries again until it can.",
  } as Record<Trouble, string>,
  recovered: "The server answers again.",
  start: {
    title: "The console cannot be opened",
    text: "It does not know yet whether you are signed in.",
  },
  missing: {
    title: "There is no such page",
    text: "The address may be mistyped, or the page has moved.",
    toOverview: "To the overview",
  },
  broken: {
    title: "This page stopped because of a fault in it",
    text: "The rest of the console works. Load the page again; if it stops again, tell an administrator what you did.",
    reload: "Load the page again",
  },
  chunk: {
    title: "This page could not be loaded",
    text: "The connection failed, or a new version of the console has been installed.",
    reload: "Load again",
  },
};

const de: typeof en = {
  areas: {
    overview: "Übersicht",
    bookings: "Buchungen",
    members: "Mitglieder",
    attendance: "Anwesenheit",
    mail: "Mail",
    site: "Website",
    runs: "Läufe",
    incidents: "Störungen",
    settings: "Einstellungen",
  },
  groups: { club: "Verein", audience: "Publikum", operations: "Betrieb" },
  navigation: "Bereiche",
  more: "Mehr",
  waiting: "offen",
  search: "Suchen",
  incidents: (count) => (count === 0 ? "Störungen" : count === 1 ? "1 offene Störung" : `${count} offene Störungen`),
  account: "Konto",
  roles: { viewer: "Nur Lesen", staff: "Team", admin: "Verwaltung" },
  myAccount: "Mein Konto",
  colours: { auto: "Farben wie im System", light: "Helle Farben", dark: "Dunkle Farben" },
  signOut: "Abmelden",
  loading: "Lädt",
  trouble: {
    unreachable: "Der Server ist nicht erreichbar. Die Anzeige kann veraltet sein; die Seite versucht es weiter.",
    slow: "Der Server ist gerade langsam. Deine Anfrage läuft noch.",
    refusing: "Der Server kann gerade nicht arbeiten. Die Seite versucht es weiter.",
  },
  recovered: "Der Server antwortet wieder.",
  start: {
    title: "Die Konsole lässt sich nicht öffnen",
    text: "Sie weiß noch nicht, ob du angemeldet bist.",
  },
  missing: {
    title: "Diese Seite gibt es nicht",
    text: "Vielleicht ist die Adresse vertippt, oder die Seite ist umgezogen.",
    toOverview: "Zur Übersicht",
  },
  broken: {
    title: "Diese Seite ist wegen eines Fehlers stehen geblieben",
    text: "Der Rest der Konsole funktioniert. Lade die Seite neu; bleibt sie wieder stehen, sag der Verwaltung, was du getan hast.",
    reload: "Seite neu laden",
  },
  chunk: {
    title: "Diese Seite konnte nicht geladen werden",
    text: "Die Verbindung ist abgerissen, oder es wurde eine neue Version der Konsole installiert.",
    reload: "Erneut laden",
  },
};

export const frameWords: Readonly<Record<"en" | "de", typeof en>> = { en, de };
