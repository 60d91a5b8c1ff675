import { useEffect, useState } from "preact/hooks";
import type { Scheme } from "../preferences.ts";

/** Puts a scheme on the page (style.css goes by it). @returns whether it is dark then; follows the system's changes. */
export function useDark(scheme: Scheme): boolean {
  const [system, setSystem] = useState(() => matchMedia("(prefers-color-scheme: dark)").matches);
  useEffect(() => {
    const query = matchMedia("(prefers-color-scheme: dark)");
    const follow = () => setSystem(query.matches);
    query.addEventListener("change", follow);
    return () => query.removeEventListener("change", follow);
  }, []);
  // Before anything is drawn: charts ask the page for its colours.
  document.documentElement.dataset.scheme = scheme;
  return scheme === "auto" ? system : scheme === "dark";
}
