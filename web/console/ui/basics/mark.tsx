import type { JSX } from "preact";

/** Taktwerk's sign: a metronome. */
export function Mark(): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 28 28" aria-hidden="true">
      <rect class="ground" width="28" height="28" rx="8" />
      <path class="body" d="M9.2 21.5 11.6 7.6a1 1 0 0 1 1-.9h2.8a1 1 0 0 1 1 .9l2.4 13.9z" />
      <path class="hand" d="M14 17.4 20.6 9" />
      <circle class="weight" cx="18.6" cy="11.5" r="1.9" />
    </svg>
  );
}
