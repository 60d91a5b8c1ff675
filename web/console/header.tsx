import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Health, HealthStatus } from "../client/generated/types.ts";
import { useUi } from "./ui/context.tsx";
import { FaultText } from "./ui/panel.tsx";
import { type PreferenceSetters, Switches } from "./ui/switches.tsx";
import { Badge, type Tone } from "./ui/text.tsx";
import { type ApiState, useApi } from "./ui/use-api.ts";

interface Props {
  signOut: () => void;
  loadedAt: string | undefined;
  switches: PreferenceSetters;
}

const TONES: Record<HealthStatus, Tone> = { pass: "good", warn: "warn", fail: "bad" };

/** The health of the deployment, the age of the data, and the controls of the whole page. */
export function Header({ signOut, loadedAt, switches }: Props): JSX.Element {
  const { words, format, reload, token } = useUi();
  // Everyone may read the health; only operators get its details.
  const health = useApi((client, options) => client.getHealth({}, { ...options, token }));
  const reloadedByHand = useRef(false);
  const [announced, setAnnounced] = useState("");
  const time = loadedAt === undefined ? words.loading : words.asOf(format.time(loadedAt));
  useEffect(() => {
    if (reloadedByHand.current) setAnnounced(time);
    reloadedByHand.current = false;
  }, [loadedAt]);
  const reloadNow = () => {
    reloadedByHand.current = true;
    reload();
  };
  return (
    <header class="top">
      <h1>
        <img src="/favicon.svg" alt="" width="24" height="24" /> Taktwerk
      </h1>
      <HealthDetails health={health} />
      <p class="time">{time}</p>
      <span class="unseen" role="status">
        {announced}
      </span>
      <div class="switches">
        <button type="button" class="quiet" onClick={reloadNow}>
          {words.reload}
        </button>
        <Switches {...switches} />
        <button type="button" class="quiet" onClick={signOut}>
          {words.signOut}
        </button>
      </div>
    </header>
  );
}

function HealthDetails({ health: { data, error } }: { health: ApiState<Health> }): JSX.Element {
  const { words } = useUi();
  const findings = Object.entries(data?.checks ?? {}).flatMap(([name, list]) =>
    list.map((finding) => [name, finding] as const),
  );
  const tone: Tone = error ? "bad" : data === undefined ? "calm" : TONES[data.status];
  const word = error ? words.health.unknown : data === undefined ? words.loading : words.health[data.status];
  return (
    <details class="health">
      <summary>
        {words.health.label} <Badge tone={tone}>{word}</Badge>
      </summary>
      <div>
        {error && (
          <div class="fault">
            <FaultText error={error} />
          </div>
        )}
        <ul>
          {findings.map(([name, { status, output }]) => (
            <li key={name}>
              <Badge tone={TONES[status]}>{words.health[status]}</Badge> <b>{words.health.checks[name] ?? name}</b>
              {output && <p lang="en">{output}</p>}
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}
