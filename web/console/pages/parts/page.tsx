import type { JSX } from "preact";

export default function PartsPage(): JSX.Element {
  return <h1>Parts</h1>;
}
