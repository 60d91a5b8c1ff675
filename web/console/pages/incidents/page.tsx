import type { JSX } from "preact";
import type { PageProps } from "../../routing/page.ts";
import "../runs/runs.css";
import { IncidentPage } from "./incident-page.tsx";
import { IncidentsList } from "./incidents-list.tsx";

/** All incidents, or one of them. */
export default function IncidentsPage({ params: { id } }: PageProps): JSX.Element {
  return id === undefined ? <IncidentsList /> : <IncidentPage key={id} id={id} />;
}
