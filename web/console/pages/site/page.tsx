import type { JSX } from "preact";
import { useQuery } from "../../routing/query.ts";
import { useRange } from "../../routing/range.ts";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { InlineSelect } from "../../ui/form/select.tsx";
import { useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { Grid, Stack } from "../../ui/page/grid.tsx";
import { Note } from "../../ui/page/note.tsx";
import { PageHeader } from "../../ui/page/page-header.tsx";
import { useApi } from "../../ui/use-api.ts";
import { RangeSwitch } from "../shared/range-switch.tsx";
import { DeadLetters, Pipeline } from "./pipeline.tsx";
import { TopLists } from "./top-lists.tsx";
import { Traffic } from "./traffic.tsx";
import { siteWords } from "./words.ts";

/** The traffic of one site, and the pipeline of all. */
export default function SitePage(): JSX.Element {
  const w = useWords(siteWords);
  const { values, set } = useQuery();
  const range = useRange("30d");
  const sites = useApi((client, options) => client.listSites({ limit: 500 }, options));
  const pipeline = useApi(async (client, options) => (await client.getMonitoring({}, options)).sites);
  const all = sites.data?.items ?? [];
  const site = all.find(({ customerId }) => customerId === values.site) ?? all[0];
  return (
    <>
      <PageHeader
        title={site?.name ?? w.title}
        sentence={site?.allowedOrigins.map((origin) => origin.replace(/^https?:\/\//, "")).join(", ")}
        actions={
          <>
            {all.length > 1 && site && (
              <InlineSelect
                label={w.site}
                value={site.customerId}
                options={all.map(({ customerId, name }) => [customerId, name] as const)}
                onChange={(id) => set({ site: id })}
              />
            )}
            <RangeSwitch range={range} />
          </>
        }
      />
      <Stack>
        {site?.active === false && <Note tone="warn" title={w.inactive} />}
        {site === undefined ? (
          <Card>
            <Reading reading={sites} failed={w.failedToLoad} shape="chart">
              {() => (
                <EmptyState icon="globe" title={w.noSites}>
                  {w.noSitesNote}
                </EmptyState>
              )}
            </Reading>
          </Card>
        ) : (
          <SiteFigures key={site.customerId} id={site.customerId} from={range.from} to={range.to} />
        )}
        <Grid>
          <Pipeline reading={pipeline} />
          <DeadLetters reading={pipeline} />
        </Grid>
      </Stack>
    </>
  );
}

function SiteFigures({ id, from, to }: { id: string; from: string; to: string }): JSX.Element {
  const reading = useApi(
    (client, options) => client.getSiteDashboard({ id, from, to, interval: "day", limit: 10 }, options),
    ...[id, from, to],
  );
  return (
    <>
      <Traffic id={id} from={from} to={to} reading={reading} />
      <TopLists reading={reading} />
    </>
  );
}
