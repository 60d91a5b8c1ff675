import type { JSX } from "preact";
import type { SlotState } from "./entries.ts";

/** Names the states that a calendar shows. */
export function SlotLegend({
  states,
}: {
  states: readonly (readonly [state: SlotState, word: string])[];
}): JSX.Element {
  return (
    <ul class="slot-legend">
      {states.map(([state, word]) => (
        <li key={state}>
          <span class={`slot ${state}`} />
          {word}
        </li>
      ))}
    </ul>
  );
}
