import { testMonthlyProperties } from "../support/sport/monthly-properties.ts";

testMonthlyProperties(Number.POSITIVE_INFINITY, 6);
