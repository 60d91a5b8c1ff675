import type { JSX } from "preact";

interface Props {
  name: string;
  large?: boolean | undefined;
}

const COLOURS = 4;

/** The initials of a person, in a colour that stays the same for a name. The name stands beside it. */
export function Avatar({ name, large }: Props): JSX.Element {
  return (
    <span
      class={`avatar colour-${colourOf(name)}${large ? " large" : ""}`}
      data-initials={initialsOf(name)}
      aria-hidden="true"
    />
  );
}

function initialsOf(name: string): string {
  const parts = name.trim().split(/\s+/);
  const [first = "", last = ""] = [parts[0], parts.length > 1 ? parts.at(-1) : ""];
  return [first, last]
    .map((part) => [...part][0] ?? "")
    .join("")
    .toUpperCase();
}

const colourOf = (name: string): number =>
  ([...name].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % COLOURS) + 1;
