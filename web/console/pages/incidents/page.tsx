import type { JSX } from "preact";

export default function IncidentsPage(): JSX.Element {
  return <h1>Incidents</h1>;
}
