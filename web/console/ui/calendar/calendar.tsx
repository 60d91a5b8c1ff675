import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Agenda } from "./agenda.tsx";
import type { CalendarProps } from "./entries.ts";
import "./agenda.css";
import "./calendar.css";
import { CalendarGrid } from "./grid.tsx";

/** Up to this width the calendar is an agenda of one day. */
const PHONE = "(max-width: 820px)";

/**
 * A week of one provider, or a day with a column per provider; on a phone the agenda of a day.
 * Import it with `lazy` or from a page that is a chunk of its own: its library is large.
 */
export function Calendar(props: CalendarProps): JSX.Element {
  return useMedia(PHONE) ? <Agenda {...props} /> : <CalendarGrid {...props} />;
}

function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const change = () => setMatches(list.matches);
    list.addEventListener("change", change);
    return () => list.removeEventListener("change", change);
  }, [query]);
  return matches;
}
