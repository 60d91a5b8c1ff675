import { createRequire } from "node:module";

const FONTS = [
  "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf",
  "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf",
];

/** Twice the pixels of CSS, for the screens of today. */
const SCALE = 2;

/**
 * Draws an SVG as a PNG, with the font Inter and no other. What draws is a native library of some megabytes, loaded here
 * because it is wanted once a week.
 * @throws Error where the library or a font is missing: it would leave out the texts without a word.
 */
export async function renderPng(svg: string): Promise<Buffer> {
  const { resolve } = createRequire(import.meta.url);
  const fontFiles = FONTS.map((font) => resolve(font));
  const { renderAsync } = await import("@resvg/resvg-js");
  const image = await renderAsync(svg, {
    fitTo: { mode: "zoom", value: SCALE },
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: "Inter" },
  });
  return image.asPng();
}
