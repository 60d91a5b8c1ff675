/** A page with all pictures, one row per state. */
export function contactSheet(pictures: ReadonlyMap<string, readonly string[]>): string {
  const rows = [...pictures].map(
    ([state, files]) =>
      `<h2>${state}</h2><div>${files
        .map((file) => `<a href="${file}"><img src="${file}" alt="${file}" loading="lazy"></a>`)
        .join("")}</div>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>The console</title>
<style>body { font: 14px sans-serif } div { display: flex; gap: 8px; align-items: start } img { height: 360px; border: 1px solid #999 }</style>
${rows.join("\n")}
</html>`;
}
