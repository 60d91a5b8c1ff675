import type { JSX } from "preact";
import type { ExecutionStep } from "../../../../client/generated/types.ts";
import { Icon } from "../../../ui/basics/icon.tsx";
import { useLocale, useWords } from "../../../ui/locale.tsx";
import { stepName } from "../sentences/steps.ts";
import { words } from "../words.ts";

interface Props {
  steps: readonly ExecutionStep[];
  startedAt: string;
  endedAt: string | null;
}

/** The steps of an execution, each with a bar from its start to its end. */
export function Steps({ steps, startedAt, endedAt }: Props): JSX.Element {
  const w = useWords(words);
  const { language, format } = useLocale();
  const start = Date.parse(startedAt);
  const length = Math.max(1, (endedAt === null ? Date.now() : Date.parse(endedAt)) - start);
  const share = (ms: number) => `${Math.min(100, Math.max(0, (100 * ms) / length)).toFixed(2)}%`;
  return (
    <ol class="steps">
      {steps.map((step) => {
        const failed = step.outcome === "failed" || step.outcome === "lost";
        return (
          <li key={step.name} class={failed ? "bad" : "ok"}>
            <Icon name={failed ? "circle-x" : "circle-check"} label={w.outcomes[step.outcome]} />
            <span>
              {stepName(step.name, language)}
              {step.chunks > 1 && <small> {w.execution.chunks(step.chunks)}</small>}
            </span>
            <span class="track" aria-hidden="true">
              <i style={{ "--from": share(Date.parse(step.startedAt) - start), "--length": share(step.ms) }} />
            </span>
            <span class="number">{format.duration(step.ms)}</span>
          </li>
        );
      })}
    </ol>
  );
}
