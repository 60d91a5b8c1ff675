import type { JSX } from "preact";
import { ApiError } from "../../../../client/client.ts";
import { Button } from "../../../ui/basics/button.tsx";
import { EmptyState } from "../../../ui/data/empty-state.tsx";
import { ErrorState } from "../../../ui/data/error-state.tsx";
import { Loading } from "../../../ui/data/loading.tsx";
import { Stack } from "../../../ui/page/grid.tsx";

export function Empty(): JSX.Element {
  return (
    <EmptyState icon="calendar-plus" title="No bookings on this day" action={<Button small>New booking</Button>}>
      Ben Krause has 9 free times. Book one for a customer.
    </EmptyState>
  );
}

export function Shapes(): JSX.Element {
  return (
    <Stack>
      <Loading shape="chart" />
      <Loading shape="rows" rows={3} />
    </Stack>
  );
}

export function Slow(): JSX.Element {
  const error = new ApiError(0, { code: "unreachable", message: "" }, { cause: new DOMException("", "AbortError") });
  return <ErrorState error={error} title="The figures could not be loaded" again={() => undefined} />;
}

export function OtherFailures(): JSX.Element {
  const unreachable = new ApiError(0, { code: "unreachable", message: "" });
  const refused = new ApiError(403, { code: "forbidden", message: "" });
  const failed = new ApiError(500, { code: "internal", message: "Internal error", requestId: "req_7Q4M2K9D" });
  return (
    <Stack tight>
      <ErrorState
        inline
        error={unreachable}
        title="The list is out of date."
        since="2026-12-01T07:11:00Z"
        again={() => undefined}
      />
      <ErrorState inline error={refused} title="The audit log stays closed." />
      <ErrorState inline error={failed} title="The run could not be started." />
    </Stack>
  );
}
