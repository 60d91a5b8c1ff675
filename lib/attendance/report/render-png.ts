import { createRequire } from "node:module";

const FONTS = [
  "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf",
  "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf",
];

/** Pixels per CSS pixel, for sharp pictures on high-resolution screens. */
const SCALE = 2;

/**
 * Renders an SVG as PNG, with the font Inter only. Loads the native library (some megabytes) on demand, because it is needed
 * once a week.
 * @throws Error if the library or a font is missing. Without the check the library would silently leave out all texts.
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
