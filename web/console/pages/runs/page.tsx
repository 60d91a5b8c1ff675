import type { JSX } from "preact";

export default function RunsPage(): JSX.Element {
  return <h1>Runs</h1>;
}
