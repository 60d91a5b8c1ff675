import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Monitoring } from "../api/monitoring.ts";
import type { SiteFigures, Sites } from "../api/sites.ts";
import { daysBack } from "../days.ts";
import { hrefOf } from "../routes.ts";
import { Choice } from "../ui/choice.tsx";
import { useUi } from "../ui/context.tsx";
import { Empty, Panel } from "../ui/panel.tsx";
import { useApi } from "../ui/use-api.ts";
import { Pipeline } from "./pipeline.tsx";
import { Traffic } from "./traffic.tsx";

const SPANS = ["2", "30", "90", "365"] as const;
type Span = (typeof SPANS)[number];
const INTERVALS: Record<Span, string> = { "2": "hour", "30": "day", "90": "day", "365": "week" };

/** Traffic and pipeline of a site: of `#site/demo`, or of the first site. */
export function SiteTab({ at }: { at: string | undefined }): JSX.Element {
  const { words } = useUi();
  const w = words.site;
  const [span, setSpan] = useState<Span>("30");
  const sites = useApi<Sites>("/api/admin/sites");
  const monitoring = useApi<Monitoring>("/api/admin/monitoring");
  const all = sites.data?.sites ?? [];
  const customerId = at ?? all[0]?.customerId;
  const query = new URLSearchParams({
    customerId: customerId ?? "",
    from: daysBack(Number(span) - 1),
    interval: INTERVALS[span],
    limit: "10",
  });
  const figures = useApi<SiteFigures>(customerId && `/api/admin/sites/dashboard?${query}`);
  return (
    <>
      {all.length > 0 && (
        <div class="choices">
          <Choice
            label={w.site}
            value={customerId ?? ""}
            options={all.map(({ customerId, name }) => [customerId, name] as const)}
            choose={(id) => location.assign(hrefOf("site", id))}
          />
          <Choice
            label={words.span}
            value={span}
            options={SPANS.map((days) => [days, words.lastDays(days)] as const)}
            choose={setSpan}
          />
        </div>
      )}
      <div class="panels">
        {customerId === undefined ? (
          <Panel title={w.title} reading={sites} wide>
            {() => <Empty>{w.noSites}</Empty>}
          </Panel>
        ) : (
          <Traffic reading={figures} hourly={span === "2"} />
        )}
        <Pipeline reading={monitoring} />
      </div>
    </>
  );
}
