import { beforeEach, describe, expect } from "vitest";
import type { Outcome } from "../../../lib/attendance/classification/rules.ts";
import type { Metrics } from "../../../lib/attendance/metrics/counts-and-rates.ts";
import type { Db } from "../../../lib/db/db.ts";
import { databaseTest } from "../../support/database/database-test.ts";
import { GET } from "../../support/http/api.ts";
import { call, SETTINGS } from "../../support/http/requests.ts";
import { appointment, closeDays, writePage } from "../../worlds/attendance.ts";

const PATH = "/api/tracking/metrics";

type Group = Metrics & { group: string; label?: string };

interface MetricsResponse {
  timezone: string;
  groupBy: string;
  from: string;
  to: string;
  total: Metrics;
  groups: Group[];
}

const COUNTS = [
  "totalSlots",
  "completed",
  "sold",
  "noShows",
  "ghosts",
  "cancelled",
  "rescheduled",
  "overhang",
  "pending",
] as const;

const it = databaseTest(SETTINGS);

describe("the groups of GET /api/tracking/metrics", () => {
  let db: Db;
  beforeEach<{ db: Db }>(({ db: own }) => {
    db = own;
  });

  const ask = (query = "") => call<MetricsResponse>(GET, `${PATH}${query}`);
  const groups = async (query: string) => (await ask(query)).body.groups;

  /** An appointment with the fields by which it is grouped. */
  const grouped = (
    localDate: string,
    localHour: number,
    consultant: string,
    potential: string,
    outcome: Outcome,
    sold = false,
  ) => appointment({ localDate, localHour, consultant, potential, outcome, sold });

  /** Sunday to Wednesday across the end of a month; Wednesday has no appointments. */
  const DAYS = ["2025-08-31", "2025-09-01", "2025-09-02", "2025-09-03"];
  const week = () => [
    grouped("2025-08-31", 9, "Anna", "top", "completed", true),
    grouped("2025-08-31", 9, "Anna", "top", "no_show"),
    grouped("2025-08-31", 14, "Bert", "recall", "ghost"),
    grouped("2025-09-01", 9, "Bert", "top", "completed"),
    grouped("2025-09-01", 10, "Bert", "top", "completed", true),
    grouped("2025-09-01", 14, "Anna", "recall", "cancelled"),
    grouped("2025-09-01", 14, "Anna", "unknown", "placeholder"),
    grouped("2025-09-02", 9, "Anna", "recall", "rescheduled"),
    grouped("2025-09-02", 9, "Anna", "top", "overhang"),
    grouped("2025-09-02", 10, "Bert", "top", "pending"),
  ];
  const SPAN = "?from=2025-08-31&to=2025-09-03";

  async function readWeek(): Promise<void> {
    await writePage(db, week());
    await closeDays(db, DAYS);
  }

  it.each<[string, [group: string, ...counts: number[]][]]>([
    // total, completed, sold, no-shows, ghosts, cancelled, rescheduled, overhang, pending
    [
      "day",
      [
        ["2025-08-31", 3, 1, 1, 1, 1, 0, 0, 0, 0],
        ["2025-09-01", 3, 2, 1, 0, 0, 1, 0, 0, 0],
        ["2025-09-02", 3, 0, 0, 0, 0, 0, 1, 1, 1],
        ["2025-09-03", 0, 0, 0, 0, 0, 0, 0, 0, 0],
      ],
    ],
    [
      "week",
      [
        ["2025-08-25", 3, 1, 1, 1, 1, 0, 0, 0, 0],
        ["2025-09-01", 6, 2, 1, 0, 0, 1, 1, 1, 1],
      ],
    ],
    [
      "month",
      [
        ["2025-08", 3, 1, 1, 1, 1, 0, 0, 0, 0],
        ["2025-09", 6, 2, 1, 0, 0, 1, 1, 1, 1],
      ],
    ],
    [
      "weekday",
      [
        ["0", 3, 2, 1, 0, 0, 1, 0, 0, 0],
        ["1", 3, 0, 0, 0, 0, 0, 1, 1, 1],
        ["2", 0, 0, 0, 0, 0, 0, 0, 0, 0],
        ["6", 3, 1, 1, 1, 1, 0, 0, 0, 0],
      ],
    ],
    [
      "hour",
      [
        ["09:00", 5, 2, 1, 1, 0, 0, 1, 1, 0],
        ["10:00", 2, 1, 1, 0, 0, 0, 0, 0, 1],
        ["14:00", 2, 0, 0, 0, 1, 1, 0, 0, 0],
      ],
    ],
    [
      "consultant",
      [
        ["Anna", 5, 1, 1, 1, 0, 1, 1, 1, 0],
        ["Bert", 4, 2, 1, 0, 1, 0, 0, 0, 1],
      ],
    ],
    [
      "potential",
      [
        ["recall", 3, 0, 0, 0, 1, 1, 1, 0, 0],
        ["top", 6, 3, 2, 1, 0, 0, 0, 1, 1],
      ],
    ],
  ])("counts by %s, and the groups add up to the total", async (groupBy, expected) => {
    await readWeek();
    const { body } = await ask(`${SPAN}&groupBy=${groupBy}`);
    expect(body).toMatchObject({
      groupBy,
      timezone: "Europe/Berlin",
      from: "2025-08-31",
      to: "2025-09-03",
    });
    expect(body.groups.map((group) => [group.group, ...COUNTS.map((count) => group[count])])).toEqual(expected);
    for (const count of COUNTS) {
      expect(body.groups.reduce((sum, group) => sum + (group[count] ?? 0), 0)).toBe(body.total[count]);
    }
    expect(body.groups.map(({ label }) => label)).toEqual(
      groupBy === "weekday" ? ["Monday", "Tuesday", "Wednesday", "Sunday"] : expected.map(() => undefined),
    );
  });

  it("computes the rates of each group from its own counts, and null without appointments", async () => {
    await readWeek();
    const [sunday, monday, tuesday, wednesday] = await groups(SPAN);
    expect(sunday).toMatchObject({
      showRate: 33.33,
      netShowRate: 33.33,
      successRate: 100,
      noShowRate: 66.67,
      ghostRate: 33.33,
    });
    expect(monday).toMatchObject({
      showRate: 66.67,
      netShowRate: 100,
      successRate: 50,
      noShowRate: 0,
      cancellationRate: 33.33,
    });
    expect(tuesday).toMatchObject({ showRate: 0, netShowRate: 0, successRate: null, completionRate: 0 });
    const rates = [
      "showRate",
      "netShowRate",
      "successRate",
      "noShowRate",
      "ghostRate",
      "cancellationRate",
      "completionRate",
    ];
    expect(wednesday).toMatchObject(Object.fromEntries(rates.map((rate) => [rate, null])));
    const { total } = (await ask(SPAN)).body;
    expect(total).toMatchObject({ totalSlots: 9, completed: 3, showRate: 33.33, netShowRate: 50, successRate: 66.67 });
  });
});
