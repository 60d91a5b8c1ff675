import type { JSX } from "preact";
import type { Health, HealthStatus } from "../../../client/generated/types.ts";
import { StatusPill } from "../../ui/basics/status-pill.tsx";
import type { Tone } from "../../ui/basics/tone.ts";
import { Reading } from "../../ui/data/reading.tsx";
import { RowList } from "../../ui/data/row-list.tsx";
import { useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { useApi } from "../../ui/use-api.ts";
import { settingsWords } from "./words/settings.ts";

const TONES: Readonly<Record<HealthStatus, Tone>> = { pass: "ok", warn: "warn", fail: "bad" };
const ORDER: readonly HealthStatus[] = ["fail", "warn", "pass"];

/** How the parts of the deployment do, and where developers go on. */
export function SystemSection(): JSX.Element {
  const { system: words, failed } = useWords(settingsWords);
  const health = useApi((client, options) => client.getHealth({}, options), "health");
  return (
    <div class="settings">
      <Card title={words.health} hint={health.data && words.state[health.data.status]} flush>
        <Reading reading={health} failed={failed} shape="rows">
          {(data) => <Findings health={data} />}
        </Reading>
      </Card>
      <Card title={words.developers} flush>
        <RowList
          rows={[
            { key: "api", icon: "scroll-text", title: words.api, note: words.apiText, href: "/api.html" },
            { key: "parts", icon: "palette", title: words.parts, note: words.partsText, href: "/parts" },
          ]}
        />
      </Card>
    </div>
  );
}

function Findings({ health: { checks = {} } }: { health: Health }): JSX.Element {
  const { system: words } = useWords(settingsWords);
  const findings = Object.entries(checks)
    .flatMap(([name, list]) => list.map((finding, nth) => ({ name, nth, ...finding })))
    .sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
  return (
    <RowList
      rows={findings.map(({ name, nth, status, output }) => ({
        key: `${name}-${nth}`,
        tone: TONES[status],
        title: words.checks[name] ?? name,
        // The server's sentences are in English.
        note: output && <span lang="en">{output}</span>,
        end: <StatusPill tone={TONES[status]}>{words.pill[status]}</StatusPill>,
      }))}
    />
  );
}
