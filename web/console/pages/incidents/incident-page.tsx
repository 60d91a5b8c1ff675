import type { JSX } from "preact";
import type { Incident } from "../../../client/generated/types.ts";
import { ButtonLink } from "../../ui/basics/button.tsx";
import { StatusPill } from "../../ui/basics/status-pill.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { PageHeader } from "../../ui/page/page-header.tsx";
import { Timeline } from "../../ui/page/timeline.tsx";
import { useApi } from "../../ui/use-api.ts";
import { AcknowledgeButton } from "./acknowledge.tsx";
import { describeIncident } from "./describe-incident.ts";
import { IncidentDetails } from "./incident-details.tsx";
import { lifeOf } from "./incident-life.ts";
import { remedyLink } from "./remedy.ts";
import { words } from "./words.ts";

/** One incident: what is wrong, what is affected, what helps, and what happened so far. */
export function IncidentPage({ id }: { id: string }): JSX.Element {
  const w = useWords(words);
  const { language } = useLocale();
  const reading = useApi((client, options) => client.getIncident({ id }, options), id);
  const { data } = reading;
  return (
    <>
      <PageHeader
        title={data === undefined ? w.title : describeIncident(data, language).what}
        sentence={data && describeIncident(data, language).more}
        crumb={{ href: "/incidents", label: w.title }}
        actions={data && data.closedAt === null && <Actions incident={data} onAcknowledged={reading.again} />}
        zone
      />
      <Reading reading={reading} failed={w.failedOne} shape="rows">
        {(incident) => <Body incident={incident} />}
      </Reading>
    </>
  );
}

function Actions({ incident, onAcknowledged }: { incident: Incident; onAcknowledged: () => void }): JSX.Element {
  const { language } = useLocale();
  const link = remedyLink(incident.remedy, incident.subject, language);
  return (
    <>
      <AcknowledgeButton incident={incident} onDone={onAcknowledged} />
      {link && (
        <ButtonLink kind="primary" href={link.href}>
          {link.label}
        </ButtonLink>
      )}
    </>
  );
}

function Body({ incident }: { incident: Incident }): JSX.Element {
  const w = useWords(words);
  const { format } = useLocale();
  const { closedAt, acknowledged } = incident;
  const state = closedAt !== null ? "closed" : acknowledged === null ? "open" : "acknowledged";
  return (
    <div class="incident">
      <Card
        title={w.life}
        actions={
          <StatusPill
            tone={state === "closed" ? "ok" : state === "open" ? "bad" : "warn"}
            icon={state === "closed" ? "circle-check" : "siren"}
          >
            {w.state[state]}
          </StatusPill>
        }
      >
        <Timeline events={lifeOf(incident, w, format)} />
      </Card>
      <Card title={w.affected}>
        <IncidentDetails incident={incident} />
      </Card>
    </div>
  );
}
