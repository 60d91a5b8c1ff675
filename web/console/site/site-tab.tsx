import type { JSX } from "preact";
import { useState } from "preact/hooks";
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
const INTERVALS = { "2": "hour", "30": "day", "90": "day", "365": "week" } as const satisfies Record<Span, string>;

/** Traffic and pipeline of a site: of `#site/demo`, or of the first site. */
export function SiteTab({ at }: { at: string | undefined }): JSX.Element {
  const { words } = useUi();
  const w = words.site;
  const [span, setSpan] = useState<Span>("30");
  const sites = useApi((client, options) => client.listSites({ limit: 500 }, options));
  const monitoring = useApi((client, options) => client.getMonitoring({}, options));
  const all = sites.data?.items ?? [];
  const customerId = at ?? all[0]?.customerId;
  const from = daysBack(Number(span) - 1);
  const figures = useApi(
    customerId === undefined
      ? undefined
      : (client, options) =>
          client.getSiteDashboard({ id: customerId, from, interval: INTERVALS[span], limit: 10 }, options),
    customerId,
    from,
    span,
  );
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
