import { testMonthlyProperties } from "../../support/sport/monthly-properties.ts";
import { testWeeklyProperties } from "../../support/sport/weekly-properties.ts";

/** A few seconds each; test/races/random-*.property.test.ts evaluate many more clubs. */
testWeeklyProperties(60);
testMonthlyProperties(30, 1);
