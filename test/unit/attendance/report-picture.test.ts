import { describe, expect, it } from "vitest";
import { CHART, chartSvg } from "../../../lib/attendance/report/chart.ts";
import { renderPng } from "../../../lib/attendance/report/render-png.ts";
import { REPORT_TEXTS } from "../../../lib/attendance/report/report-texts.ts";
import { decodePng } from "../../../lib/mail/template/inline-image.ts";

/** Rendering the chart as PNG. */

const parts = { sold: 1, completed: 2, missed: 1, cancelled: 1, overhang: 1 };
const chart = (label: string) => chartSvg([{ label, rate: "50 %", parts }], REPORT_TEXTS.de.chart);

describe("the picture", () => {
  it("is a PNG with twice the displayed size, valid for a mail", async () => {
    const png = await renderPng(chart("Mo 9."));
    expect(decodePng(png.toString("base64"))).toEqual(png);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * CHART.width, 2 * CHART.height]);
    expect(png.length).toBeLessThan(150_000);
  });

  it("is the same every time", async () => {
    expect((await renderPng(chart("Mo 9."))).equals(await renderPng(chart("Mo 9.")))).toBe(true);
  });

  it("shows umlauts", async () => {
    const pictures = await Promise.all(
      ["A", "Ä", "O", "Ö", "U", "Ü", "ß", "–", "\u{1f642}", "\u{1f643}"].map((letter) => renderPng(chart(letter))),
    );
    const different = new Set(pictures.map((png) => png.toString("base64")));
    expect(different.size).toBe(9); // Inter has no faces; all that it has not looks the same
  });

  it("fails for invalid SVG", async () => {
    await expect(renderPng("<svg")).rejects.toThrow();
  });
});
