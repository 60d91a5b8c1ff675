import { INLINE_IMAGE } from "./inline-image.ts";

/** Escapes text for HTML, including quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export interface Section {
  title: string;
  lines: string[];
  /** Shown below the lines. */
  table?: Table | undefined;
}

/** The first cell of a line is its name; the others are numbers, already formatted in the reader's language. */
export interface Table {
  caption: string;
  header: string[];
  lines: string[][];
  /** The table in plain text. The caller sets it, so that letters without one load nothing that measures texts. */
  text: string;
}

/** The image that the mail carries (`inlineImage`). */
export interface Figure {
  /** What the image shows, in a sentence: for readers who cannot see it, and for the plain text. */
  alt: string;
  /** CSS pixels; smaller if there is less room. */
  width: number;
  height: number;
}

export interface Letter {
  title: string;
  greeting: string;
  intro: string;
  /** The number in large type, and what it counts. */
  headline: { value: string; label: string };
  figure?: Figure | undefined;
  sections: Section[];
  closing: string;
  /** Shown as a button. */
  action?: Link | undefined;
  /** In the footer; missing in letters that cannot be unsubscribed from. */
  unsubscribe?: Link | undefined;
}

export interface Link {
  label: string;
  url: string;
}

/** Renders a letter as plain text. */
export function asText(letter: Letter): string {
  const { headline, figure, action, unsubscribe } = letter;
  const links = [action, unsubscribe].filter((link) => link !== undefined);
  return [
    letter.greeting,
    letter.intro,
    `${headline.value} ${headline.label}`,
    ...(figure === undefined ? [] : [figure.alt]),
    ...letter.sections.map(sectionText),
    letter.closing,
    ...links.map(({ label, url }) => `${label}:\n${url}`),
  ].join("\n\n");
}

function sectionText({ title, lines, table }: Section): string {
  const list = [title, ...lines.map((line) => `  - ${line}`)].join("\n");
  return table === undefined ? list : `${list}\n\n${table.caption}\n${table.text}`;
}

/** Renders a letter as HTML for mail programs: one column, inline styles, and nothing to load from elsewhere. */
export function asHtml(letter: Letter, language: string): string {
  const { headline, figure, action, unsubscribe } = letter;
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(letter.title)}</title></head>
<body style="margin:0;background:#f3f5f4;font:16px/1.5 -apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;color:#1d2b26">
<div style="max-width:560px;margin:0 auto;padding:24px">
<div style="background:#0f5c4a;color:#fff;border-radius:12px 12px 0 0;padding:24px"><div style="font-size:14px">${escapeHtml(letter.title)}</div>
<div style="font-size:40px;font-weight:700;line-height:1.2">${escapeHtml(headline.value)}</div><div>${escapeHtml(headline.label)}</div></div>
<div style="background:#fff;border-radius:0 0 12px 12px;padding:24px"><p style="margin-top:0">${escapeHtml(letter.greeting)}</p><p>${escapeHtml(letter.intro)}</p>
${figure === undefined ? "" : figureHtml(figure)}${letter.sections.map(sectionHtml).join("\n")}
<p>${escapeHtml(letter.closing)}</p>${action === undefined ? "" : actionHtml(action)}</div>
${unsubscribe === undefined ? "" : unsubscribeHtml(unsubscribe)}</div></body></html>`;
}

function figureHtml({ alt, width, height }: Figure): string {
  return `<img src="${INLINE_IMAGE}" alt="${escapeHtml(alt)}" width="${width}" height="${height}" style="display:block;max-width:100%;height:auto">
`;
}

function actionHtml({ label, url }: Link): string {
  return `
<p><a href="${escapeHtml(url)}" style="display:inline-block;background:#0f5c4a;color:#fff;border-radius:8px;padding:12px 20px;font-weight:600;text-decoration:none">${escapeHtml(label)}</a></p>`;
}

function unsubscribeHtml({ label, url }: Link): string {
  return `<p style="font-size:13px;color:#5b6b65;text-align:center"><a href="${escapeHtml(url)}" style="color:#5b6b65">${escapeHtml(label)}</a></p>
`;
}

function sectionHtml({ title, lines, table }: Section): string {
  const items = lines.map((line) => `<li>${escapeHtml(line)}</li>`).join("");
  const list = lines.length === 0 ? "" : `<ul style="margin:0;padding-left:20px">${items}</ul>`;
  return `<h2 style="font-size:16px;margin:24px 0 4px;color:#0f5c4a">${escapeHtml(title)}</h2>${list}${table === undefined ? "" : tableHtml(table)}`;
}

function tableHtml({ caption, header, lines }: Table): string {
  const titles = header.map((title, column) => `<th scope="col" style="${cell(column)}">${escapeHtml(title)}</th>`);
  const rows = lines.map(([name = "", ...numbers]) => {
    const cells = numbers.map((number) => `<td style="${cell(1)}">${escapeHtml(number)}</td>`);
    return `<tr><th scope="row" style="${cell(0)};font-weight:400">${escapeHtml(name)}</th>${cells.join("")}</tr>`;
  });
  return `
<div style="overflow-x:auto;margin-top:8px"><table style="width:100%;border-collapse:collapse;font-size:14px"><caption style="text-align:left;padding:0;color:#5b6b65">${escapeHtml(caption)}</caption>
<thead><tr>${titles.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

/** The style of a cell: the first column holds names, the others numbers. */
const cell = (column: number): string =>
  `padding:4px 0 4px ${column === 0 ? "0" : "12px"};border-bottom:1px solid #e3e8e6;text-align:${column === 0 ? "left" : "right"}`;
