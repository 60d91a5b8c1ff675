const en = {
  title: "Parts",
  sentence: "The building blocks of every page, for developers. docs/console.md says how to build one.",
  code: "Code",
  groups: {
    foundations: "Foundations",
    controls: "Controls",
    forms: "Forms",
    page: "Page",
    data: "Data",
    states: "States",
    charts: "Charts",
    overlays: "Overlays",
    calendar: "Calendar",
  },
};

const de: typeof en = {
  title: "Bausteine",
  sentence: "Woraus jede Seite besteht, für Entwickler. Wie du eine Seite baust, steht in docs/console.md.",
  code: "Code",
  groups: {
    foundations: "Grundlagen",
    controls: "Bedienelemente",
    forms: "Formulare",
    page: "Seite",
    data: "Daten",
    states: "Zustände",
    charts: "Diagramme",
    overlays: "Ebenen",
    calendar: "Kalender",
  },
};

export const words: { readonly en: typeof en; readonly de: typeof en } = { en, de };
