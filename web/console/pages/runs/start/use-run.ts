import { useEffect, useState } from "preact/hooks";
import type { ApiError } from "../../../../client/client.ts";
import type { JsonValue } from "../../../../client/generated/types.ts";
import { useUi } from "../../../ui/context.tsx";
import { errorOf } from "../../../ui/use-api.ts";
import type { Command } from "../sentences/jobs.ts";

/** What the server answered to a run. */
export type RunAnswer = Readonly<Record<string, unknown>>;

export type RunState =
  | { phase: "form" }
  | { phase: "running"; startedAt: number; executionId: string | undefined }
  | { phase: "done"; answer: RunAnswer; executionId: string | undefined; ms: number }
  | { phase: "failed"; error: ApiError; executionId: string | undefined };

interface Starter {
  state: RunState;
  start(parameters: Record<string, JsonValue>): Promise<void>;
  reset(): void;
}

const POLL_MS = 2_000;

/** Starts a run and waits for its answer. Meanwhile looks for its execution, so that a person can follow it. */
export function useRun(command: Command, onRan: () => void): Starter {
  const { client } = useUi();
  const [state, setState] = useState<RunState>({ phase: "form" });
  const [newestBefore, setNewestBefore] = useState<string | undefined>(undefined);

  const findNewest = async () => (await client.listExecutions({ job: command, limit: 1 })).items[0]?.id;

  useEffect(() => {
    if (state.phase !== "running" || state.executionId !== undefined) return;
    const timer = setInterval(() => {
      findNewest().then(
        (id) => {
          if (id === undefined || id === newestBefore) return;
          setState((before) => (before.phase === "running" ? { ...before, executionId: id } : before));
        },
        () => undefined, // the run itself goes on; the next look may succeed
      );
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [state, newestBefore]);

  const start = async (parameters: Record<string, JsonValue>) => {
    const startedAt = Date.now();
    setState({ phase: "running", startedAt, executionId: undefined });
    const before = await findNewest().catch(() => undefined);
    setNewestBefore(before);
    const started = async () => {
      const newest = await findNewest().catch(() => undefined);
      return newest === before ? undefined : newest;
    };
    try {
      const answer = await client.runJob({ body: { job: command, parameters } }, { retries: 0 });
      setState({ phase: "done", answer: { ...answer }, executionId: await started(), ms: Date.now() - startedAt });
    } catch (fault) {
      setState({ phase: "failed", error: errorOf(fault), executionId: await started() });
    }
    onRan();
  };
  return { state, start, reset: () => setState({ phase: "form" }) };
}
