import { useEffect, useState } from "preact/hooks";
import type { Scheme } from "../preferences.ts";

/** Sets the colour scheme of the page. @returns whether it is dark; follows changes of the system. */
export function useDark(scheme: Scheme): boolean {
  const [system, setSystem] = useState(() => matchMedia("(prefers-color-scheme: dark)").matches);
  useEffect(() => {
    const query = matchMedia("(prefers-color-scheme: dark)");
    const follow = () => setSystem(query.matches);
    query.addEventListener("change", follow);
    return () => query.removeEventListener("change", follow);
  }, []);
  // Set before drawing, because charts read their colours from the page.
  if (scheme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = scheme;
  return scheme === "auto" ? system : scheme === "dark";
}
