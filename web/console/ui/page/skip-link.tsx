import type { JSX } from "preact";
import { useWords } from "../locale.tsx";
import { words } from "../words.ts";

/** The first thing that the keyboard reaches on a page: leads past the navigation. */
export function SkipLink({ target }: { target: string }): JSX.Element {
  const { skip } = useWords(words);
  const go = (event: MouseEvent) => {
    event.preventDefault();
    document.getElementById(target)?.focus();
  };
  return (
    <a class="skip-link" href={`#${target}`} onClick={go}>
      {skip}
    </a>
  );
}
