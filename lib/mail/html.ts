/** Text made safe inside HTML, also inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export interface Section {
  title: string;
  lines: string[];
}

export interface Letter {
  title: string;
  greeting: string;
  intro: string;
  /** The figure that stands out, and what it counts. */
  headline: { value: string; label: string };
  sections: Section[];
  closing: string;
  /** What the reader can do, as a button. */
  action?: Link | undefined;
  /** At its foot; none where the reader cannot do without the letter. */
  unsubscribe?: Link | undefined;
}

export interface Link {
  label: string;
  url: string;
}

/** A letter as plain text. */
export function asText(letter: Letter): string {
  const sections = letter.sections.map(
    ({ title, lines }) => `${title}\n${lines.map((line) => `  - ${line}`).join("\n")}`,
  );
  const { headline, action, unsubscribe } = letter;
  const links = [action, unsubscribe].filter((link) => link !== undefined);
  return [
    letter.greeting,
    letter.intro,
    `${headline.value} ${headline.label}`,
    ...sections,
    letter.closing,
    ...links.map(({ label, url }) => `${label}:\n${url}`),
  ].join("\n\n");
}

/** A letter as HTML that mail programs show: one column, inline styles, no image, nothing fetched. */
export function asHtml(letter: Letter, language: string): string {
  const { headline, action, unsubscribe } = letter;
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(letter.title)}</title></head>
<body style="margin:0;background:#f3f5f4;font:16px/1.5 -apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;color:#1d2b26">
<div style="max-width:560px;margin:0 auto;padding:24px">
<div style="background:#0f5c4a;color:#fff;border-radius:12px 12px 0 0;padding:24px"><div style="font-size:14px">${escapeHtml(letter.title)}</div>
<div style="font-size:40px;font-weight:700;line-height:1.2">${escapeHtml(headline.value)}</div><div>${escapeHtml(headline.label)}</div></div>
<div style="background:#fff;border-radius:0 0 12px 12px;padding:24px"><p style="margin-top:0">${escapeHtml(letter.greeting)}</p><p>${escapeHtml(letter.intro)}</p>
${letter.sections.map(sectionHtml).join("\n")}
<p>${escapeHtml(letter.closing)}</p>${action === undefined ? "" : actionHtml(action)}</div>
${unsubscribe === undefined ? "" : unsubscribeHtml(unsubscribe)}</div></body></html>`;
}

function actionHtml({ label, url }: Link): string {
  return `
<p><a href="${escapeHtml(url)}" style="display:inline-block;background:#0f5c4a;color:#fff;border-radius:8px;padding:12px 20px;font-weight:600;text-decoration:none">${escapeHtml(label)}</a></p>`;
}

function unsubscribeHtml({ label, url }: Link): string {
  return `<p style="font-size:13px;color:#5b6b65;text-align:center"><a href="${escapeHtml(url)}" style="color:#5b6b65">${escapeHtml(label)}</a></p>
`;
}

function sectionHtml({ title, lines }: Section): string {
  const items = lines.map((line) => `<li>${escapeHtml(line)}</li>`).join("");
  return `<h2 style="font-size:16px;margin:24px 0 4px;color:#0f5c4a">${escapeHtml(title)}</h2><ul style="margin:0;padding-left:20px">${items}</ul>`;
}
