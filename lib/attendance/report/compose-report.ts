import { describeError } from "../../errors.ts";
import type { Language } from "../../users/languages.ts";
import type { TrackingContext } from "../google/sync-state.ts";
import { chartSvg, dayBar } from "./chart.ts";
import { createFormats } from "./formats.ts";
import { renderPng } from "./render-png.ts";
import { reportLetter } from "./report-letter.ts";
import { REPORT_TEXTS } from "./report-texts.ts";
import type { WeekData } from "./week-data.ts";

type Log = Pick<TrackingContext, "log">;

/** The mail with the weekly report, without its recipient. */
export async function composeReport(context: Log, data: WeekData, language: Language) {
  const chart = await drawChart(context, data, language);
  const letter = reportLetter(data, language, chart !== undefined);
  return { ...letter, userId: null, unsubscribeUrl: null, inlineImage: chart?.toString("base64") ?? null };
}

/** The chart as PNG; undefined, with an error in the log, if it cannot be drawn. */
async function drawChart({ log }: Log, { days, week }: WeekData, language: Language) {
  const formats = createFormats(language);
  const bars = days.map((day) => dayBar(day, formats));
  try {
    return await renderPng(chartSvg(bars, REPORT_TEXTS[language].chart));
  } catch (error) {
    log("error", "report_chart_failed", { week: week.from, error: describeError(error) });
    return undefined;
  }
}
