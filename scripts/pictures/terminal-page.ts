const ESCAPE = String.fromCharCode(27);
const CLEAR_LINE = `\r${ESCAPE}[2K`;
const COLOUR = new RegExp(`${ESCAPE}\\[(\\d+)m`);
const COLOURS: Readonly<Record<string, string>> = { "32": "#63d0a4", "2": "#8a9a94", "1": "#ffffff" };

/** Shows the output of a command as a terminal does, as an HTML page. @param output With its escape sequences. */
export function terminalPage(command: string, output: string): string {
  const lines = output.split("\n").map((line) => coloured(line.split(CLEAR_LINE).at(-1) ?? ""));
  return `<!doctype html><meta charset="utf-8"><style>
    body { margin: 0; background: #1a211f; color: #e8efec; font: 14px/1.45 "DejaVu Sans Mono", monospace; }
    pre { margin: 0; padding: 20px; font: inherit; display: inline-block; } b { color: #63d0a4; font-weight: normal; }
  </style><pre><b>$ ${escaped(command)}</b>\n\n${lines.join("\n").trim()}</pre>`;
}

function coloured(line: string): string {
  const parts = line.split(COLOUR);
  return parts
    .map((part, index) => {
      if (index % 2 === 1) return "";
      const colour = COLOURS[parts[index - 1] ?? ""];
      return colour === undefined ? escaped(part) : `<span style="color:${colour}">${escaped(part)}</span>`;
    })
    .join("");
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
