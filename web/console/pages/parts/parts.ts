import * as calendar from "./examples/calendar.tsx";
import * as charts from "./examples/charts.tsx";
import * as controls from "./examples/controls.tsx";
import * as data from "./examples/data.tsx";
import * as forms from "./examples/forms.tsx";
import * as foundations from "./examples/foundations.tsx";
import * as overlays from "./examples/overlays.tsx";
import * as page from "./examples/page.tsx";
import * as states from "./examples/states.tsx";
import type { Part } from "./part.tsx";
import type { words } from "./words.ts";

const part = (name: string, example: Part["example"], title: string, text: string, span?: Part["span"]): Part => ({
  ...{ name, example, title, text },
  ...(span && { span }),
});

/** All parts, by group. */
export const GROUPS: readonly (readonly [keyof (typeof words)["en"]["groups"], readonly Part[]])[] = [
  [
    "foundations",
    [
      part(
        "Colours",
        foundations.Colours,
        "Colours",
        "Only the tokens of styles/tokens.css. Each has a light and a dark value.",
      ),
      part("Type", foundations.Type, "Type", "Inter. Figures in tables and cards have one width."),
      part(
        "Icons",
        foundations.Icons,
        "Icon",
        "From lucide. A new one goes into ui/basics/icon-names.ts; the build fails for a wrong name.",
      ),
      part(
        "Times",
        foundations.Times,
        "Time, format",
        "Times are those of the club’s zone, which the page names. useLocale().format writes numbers and dates.",
      ),
      part("People", foundations.People, "Avatar, Mark", "Initials beside a name, and the sign of Taktwerk."),
    ],
  ],
  [
    "controls",
    [
      part(
        "Buttons",
        controls.Buttons,
        "Button, ButtonLink, IconButton",
        "One primary button per view; danger only for loss. A busy button keeps its focus.",
      ),
      part(
        "OnAndOff",
        controls.OnAndOff,
        "Switch, Checkbox, RadioGroup",
        "A switch acts at once, a check box with the form.",
      ),
      part("Filters", controls.Filters, "Chips, FilterChip", "Filters belong in the address."),
      part("PageTabs", controls.PageTabs, "Tabs", "Links, so that Back returns."),
      part("OneOfSome", controls.OneOfSome, "Segmented", "Two to five short options."),
    ],
  ],
  [
    "forms",
    [
      part(
        "WholeForm",
        forms.WholeForm,
        "Form",
        "Errors show when a field is left. On submit, the first one gets the focus.",
      ),
      part(
        "FieldStates",
        forms.FieldStates,
        "States of a field",
        "Changed, wrong and fixed values; a search and a select in the head of a list.",
      ),
    ],
  ],
  [
    "page",
    [
      part("Standings", page.Standings, "StandingRow", "Is everything all right? Each state is a sentence.", 12),
      part("Facts", page.Facts, "FactsRow", "Up to six facts under the title of one thing.", 12),
      part(
        "CardWithSections",
        page.CardWithSections,
        "Card, Section, FactList",
        "With flush, tables and sections reach the edges of a card.",
      ),
      part("Notes", page.Notes, "Note", "What happened, what it means, what to do next."),
      part(
        "Pills",
        page.Pills,
        "StatusPill, Count, Trend",
        "Colour never stands alone: an icon and a word say the same.",
      ),
      part(
        "Figures",
        page.Figures,
        "Figure, Meter",
        "A number that is worth reading from afar, and shares of a whole.",
      ),
    ],
  ],
  [
    "data",
    [
      part(
        "SortedTable",
        data.SortedTable,
        "Table, LoadMore",
        "The whole row is the link. On a phone each row becomes a card.",
        12,
      ),
      part("Rows", data.Rows, "RowList", "Icon, sentence, and what belongs to the right."),
      part("Attention", data.Attention, "RowList with signs", "What needs attention, with the button that fixes it."),
      part("Ranking", data.Ranking, "RankedList", "At most two columns of numbers."),
      part("Life", data.Life, "Timeline, LogBox", "What happened to a thing, in order."),
      part("Log", data.Log, "LogBox", "Lines of a log, word by word.", 12),
    ],
  ],
  [
    "states",
    [
      part("Empty", states.Empty, "EmptyState", "Why there is nothing, and the next step."),
      part("Shapes", states.Shapes, "Loading", "Nothing for 300 ms, then shapes of the final size."),
      part("Slow", states.Slow, "ErrorState", "In the card that failed. Reading does all three for a response."),
      part(
        "OtherFailures",
        states.OtherFailures,
        "ErrorState above old data",
        "Slow, unreachable, refusing and failing servers differ.",
        12,
      ),
    ],
  ],
  [
    "charts",
    [
      part(
        "Visitors",
        charts.Visitors,
        "LineChart",
        "Solid to the last final day, the span before dashed. Arrow keys read the values.",
      ),
      part("ShowRate", charts.ShowRate, "LineChart with gaps", "Rates may start above zero; missing days leave a gap."),
      part("Mails", charts.Mails, "BarChart", "Stacked; hatched is what went wrong."),
      part("WeekMap", charts.WeekMap, "HeatMap", "The darker, the more; hatched is unknown."),
      part("Hours", charts.Hours, "HourBars", "How full each hour is."),
      part("Small", charts.Small, "Sparkline", "A line or bars without axes, beside a figure."),
    ],
  ],
  [
    "overlays",
    [
      part("OneDecision", overlays.OneDecision, "Dialog", "One decision. Title and button have the same verb."),
      part(
        "OneThing",
        overlays.OneThing,
        "Drawer",
        "One thing and its history. Belongs in the address: useOpenItem.",
        3,
      ),
      part("Menus", overlays.Menus, "Menu, Tooltip", "Actions that are needed rarely."),
      part("Toasts", overlays.Toasts, "Toast", "What was done, with Undo. Never a failure."),
    ],
  ],
  [
    "calendar",
    [
      part(
        "WeekOfAProvider",
        calendar.WeekOfAProvider,
        "Calendar: a week",
        "Entries can be moved; the page then asks whom to notify.",
        12,
      ),
      part("DayOfAll", calendar.DayOfAll, "Calendar: a day", "One column per provider.", 12),
    ],
  ],
];
