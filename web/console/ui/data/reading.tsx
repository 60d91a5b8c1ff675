import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ApiState } from "../use-api.ts";
import { ErrorState } from "./error-state.tsx";
import { Loading } from "./loading.tsx";

interface Props<T> {
  reading: ApiState<T>;
  /** What to say if it fails: "The figures could not be loaded". */
  failed: string;
  shape?: "lines" | "rows" | "figure" | "chart" | undefined;
  children: (data: T) => ComponentChildren;
}

/** Shows a response: grey shapes while it loads, the error if it fails, old data with the error above it if reading it again fails. */
export function Reading<T>({ reading, failed, shape, children }: Props<T>): JSX.Element {
  const { data, error, busy, again } = reading;
  const [since, setSince] = useState<string | undefined>(undefined);
  useEffect(() => {
    if (data !== undefined) setSince(new Date().toISOString());
  }, [data]);
  return (
    <>
      {error && (
        <ErrorState
          error={error}
          title={failed}
          again={again}
          busy={busy}
          inline={data !== undefined}
          since={data === undefined ? undefined : since}
        />
      )}
      {data === undefined ? !error && <Loading shape={shape} /> : children(data)}
    </>
  );
}
