/** Words that several areas share. */
const en = {
  back: "Back",
  notDone: "Nothing was changed.",
  range: "Span",
  ranges: { "7d": "7 days", "30d": "30 days", "90d": "90 days" },
  moreFailed: "More could not be loaded.",
};

const de: typeof en = {
  back: "Zurück",
  notDone: "Es wurde nichts geändert.",
  range: "Zeitraum",
  ranges: { "7d": "7 Tage", "30d": "30 Tage", "90d": "90 Tage" },
  moreFailed: "Weitere konnten nicht geladen werden.",
};

export const sharedWords: { readonly en: typeof en; readonly de: typeof en } = { en, de };
