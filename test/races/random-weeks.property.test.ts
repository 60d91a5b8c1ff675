import { testWeeklyProperties } from "../support/sport/weekly-properties.ts";

testWeeklyProperties(Number.POSITIVE_INFINITY);
