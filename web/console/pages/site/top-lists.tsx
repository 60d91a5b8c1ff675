import type { JSX } from "preact";
import type { SiteDashboard } from "../../../client/generated/types.ts";
import { useQuery } from "../../routing/query.ts";
import { RankedList } from "../../ui/data/ranked-list.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { Segmented } from "../../ui/form/segmented.tsx";
import { type Language, useLocale, useWords } from "../../ui/locale.tsx";
import { Card, type Span } from "../../ui/page/card.tsx";
import { Grid, Stack } from "../../ui/page/grid.tsx";
import type { ApiState } from "../../ui/use-api.ts";
import { siteWords } from "./words.ts";

type Counted = readonly [name: string, count: number];

/** Where visitors come from, what they look at, and with what. */
export function TopLists({ reading }: { reading: ApiState<SiteDashboard> }): JSX.Element {
  const w = useWords(siteWords);
  const { language } = useLocale();
  return (
    <Grid>
      <div class="span-8">
        <TopList
          reading={reading}
          title={w.pages}
          name="pages"
          kinds={[
            [
              "viewed",
              w.pageKinds.viewed,
              w.figures.pageViews,
              ({ topPages }) => topPages.map(({ page, pageViews }) => [page, pageViews]),
            ],
            [
              "entry",
              w.pageKinds.entry,
              w.visitsWith,
              ({ entryPages }) => entryPages.map(({ page, visits }) => [page, visits]),
            ],
            [
              "exit",
              w.pageKinds.exit,
              w.visitsWith,
              ({ exitPages }) => exitPages.map(({ page, visits }) => [page, visits]),
            ],
          ]}
        />
      </div>
      <div class="span-4">
        <Stack>
          <TopList
            reading={reading}
            title={w.referrers}
            name="referrers"
            kinds={[
              [
                "referrers",
                w.from,
                w.visitsWith,
                ({ referrers }) => referrers.map(({ referrer, visits }) => [referrer, visits]),
              ],
            ]}
          />
          <TopList
            reading={reading}
            title={w.countries}
            name="countries"
            kinds={[
              [
                "countries",
                w.name,
                w.visitsWith,
                ({ countries }) => countries.map(({ country, visits }) => [countryName(country, language), visits]),
              ],
            ]}
          />
        </Stack>
      </div>
      <TopList
        span={4}
        reading={reading}
        title={w.campaigns}
        name="campaigns"
        kinds={[
          [
            "campaigns",
            w.campaignKinds.campaigns,
            w.visitsWith,
            ({ utm }) => utm.campaigns.map(({ campaign, visits }) => [campaign, visits]),
          ],
          [
            "sources",
            w.campaignKinds.sources,
            w.visitsWith,
            ({ utm }) => utm.sources.map(({ source, visits }) => [source, visits]),
          ],
          [
            "mediums",
            w.campaignKinds.mediums,
            w.visitsWith,
            ({ utm }) => utm.mediums.map(({ medium, visits }) => [medium, visits]),
          ],
        ]}
      />
      <TopList
        span={4}
        reading={reading}
        title={w.devices}
        name="devices"
        kinds={[
          [
            "devices",
            w.deviceKinds.devices,
            w.visitsWith,
            ({ devices }) => devices.map(({ device, visits }) => [device, visits]),
          ],
          [
            "browsers",
            w.deviceKinds.browsers,
            w.visitsWith,
            ({ browsers }) => browsers.map(({ browser, visits }) => [browser, visits]),
          ],
          [
            "systems",
            w.deviceKinds.systems,
            w.visitsWith,
            ({ operatingSystems }) => operatingSystems.map(({ os, visits }) => [os, visits]),
          ],
        ]}
      />
      <TopList
        span={4}
        reading={reading}
        title={w.events}
        name="events"
        kinds={[
          [
            "events",
            w.eventKinds.events,
            w.count,
            ({ eventTypes }) => eventTypes.map(({ eventType, events }) => [eventType, events]),
          ],
          ["bots", w.eventKinds.bots, w.count, ({ bots }) => bots.map(({ bot, events }) => [bot, events])],
        ]}
      />
    </Grid>
  );
}

/** Its name in the address, its label, what is counted, and the list itself. */
type Kind = readonly [name: string, label: string, counted: string, of: (dashboard: SiteDashboard) => Counted[]];

interface ListProps {
  reading: ApiState<SiteDashboard>;
  title: string;
  /** The list's name in the address, where the chosen kind is. */
  name: string;
  span?: Span | undefined;
  kinds: readonly [Kind, ...Kind[]];
}

function TopList({ reading, title, name, span, kinds }: ListProps): JSX.Element {
  const { format } = useLocale();
  const w = useWords(siteWords);
  const { values, set } = useQuery();
  const [chosen, label, counted, of] = kinds.find(([kind]) => kind === values[name]) ?? kinds[0];
  return (
    <Card
      title={title}
      span={span}
      actions={
        kinds.length > 1 && (
          <Segmented
            label={`${title}: ${w.kind}`}
            value={chosen}
            options={kinds.map(([kind, text]) => [kind, text] as const)}
            onChange={(kind) => set({ [name]: kind === kinds[0][0] ? undefined : kind })}
          />
        )
      }
    >
      <Reading reading={reading} failed={w.failedToLoad} shape="rows">
        {(dashboard) => {
          const rows = withoutHost(of(dashboard));
          const total = rows.reduce((sum, [, count]) => sum + count, 0);
          if (rows.length === 0) return <p class="hint-text">{w.nothing}</p>;
          return (
            <RankedList
              caption={title}
              heads={[name === "pages" ? w.page : label, counted, w.share]}
              rows={rows.map(([key, count]) => ({
                key,
                name: w.known[key] ?? key,
                value: count,
                numbers: [format.number(count), format.percent((100 * count) / total, 0)],
              }))}
            />
          );
        }}
      </Reading>
    </Card>
  );
}

/** The name of an ISO 3166 code; other texts stay. */
function countryName(code: string, language: Language): string {
  return /^[A-Z]{2}$/.test(code) ? (new Intl.DisplayNames([language], { type: "region" }).of(code) ?? code) : code;
}

/** Pages without their host, if all have the same one. Other names have no slash. Pure. */
function withoutHost(rows: readonly Counted[]): readonly Counted[] {
  const hosts = new Set(rows.map(([name]) => /^([^/]+)\//.exec(name)?.[1]));
  if (hosts.size !== 1 || hosts.has(undefined)) return rows;
  return rows.map(([name, count]) => [name.slice(name.indexOf("/")), count]);
}
