import type { JSX } from "preact";
import type { Incident, Monitoring } from "../../client/generated/types.ts";
import { useUi } from "../ui/context.tsx";
import { Empty, Panel } from "../ui/panel.tsx";
import { Badge, Details, Instant } from "../ui/text.tsx";
import type { ApiState } from "../ui/use-api.ts";

/** Open incidents with all details, and past incidents. */
export function Incidents({ reading }: { reading: ApiState<Monitoring> }): JSX.Element {
  const { words } = useUi();
  const w = words.incidents;
  return (
    <Panel title={w.title} reading={reading} wide>
      {({ incidents: { open, recent } }) => (
        <>
          {open.length === 0 ? <Empty>{w.none}</Empty> : <List incidents={open} />}
          {recent.length > 0 && (
            <details>
              <summary>{w.past(recent.length)}</summary>
              <List incidents={recent} />
            </details>
          )}
        </>
      )}
    </Panel>
  );
}

function List({ incidents }: { incidents: Incident[] }): JSX.Element {
  const { words } = useUi();
  const w = words.incidents;
  return (
    <ul class="incidents">
      {incidents.map(({ id, title, details, openedAt, closedAt, alertedAt, alertError }) => (
        <li key={id}>
          <p>
            <Badge tone={closedAt === null ? "bad" : "calm"}>{closedAt === null ? w.open : w.closed}</Badge>{" "}
            <strong lang="en">{title}</strong>
          </p>
          <p class="small">
            {w.since} <Instant of={openedAt} />
            {closedAt !== null && (
              <>
                {" "}
                – <Instant of={closedAt} />
              </>
            )}
            {" · "}
            {alertedAt === null ? w.notAlerted : w.alerted} {alertedAt !== null && <Instant of={alertedAt} />}
            {alertError !== null && <span lang="en"> ({alertError})</span>}
          </p>
          <details>
            <summary>{words.details}</summary>
            <Details of={details} />
          </details>
        </li>
      ))}
    </ul>
  );
}
