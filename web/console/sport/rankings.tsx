import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { RankingCategory, SportOverview } from "../../client/generated/types.ts";
import { Choice } from "../ui/choice.tsx";
import { useUi } from "../ui/context.tsx";
import { Empty, Panel } from "../ui/panel.tsx";
import { Table } from "../ui/table.tsx";
import { type ApiState, useApi } from "../ui/use-api.ts";

const CATEGORIES: readonly RankingCategory[] = ["points", "pullups", "pushups", "situps"];

/** The ranking of the last evaluated month, by points or by an exercise. */
export function Rankings({ overview }: { overview: ApiState<SportOverview> }): JSX.Element {
  const { words, format } = useUi();
  const w = words.sport;
  const [category, setCategory] = useState<RankingCategory>("points");
  const sport = overview.data;
  const month = sport?.month ? monthIn(sport.month.start, sport.timezone) : undefined;
  const ranking = useApi(
    month === undefined ? undefined : (client, options) => client.getRanking({ month, category, limit: 20 }, options),
    month,
    category,
  );
  if (month === undefined) {
    return (
      <Panel title={w.ranking} reading={overview}>
        {() => <Empty>{w.noMonth}</Empty>}
      </Panel>
    );
  }
  const options = CATEGORIES.map((name) => [name, w.categories[name]] as const);
  const aside = <Choice label={w.category} value={category} options={options} choose={setCategory} />;
  return (
    <Panel title={w.ranking} reading={ranking} aside={aside}>
      {({ items, participants, monthStart }) =>
        items.length === 0 ? (
          <Empty>{w.noRanking}</Empty>
        ) : (
          <>
            <p class="small">
              {w.monthOf(format.monthOf(monthStart, sport?.timezone ?? "UTC"), format.number(participants))}
            </p>
            <Table
              caption={w.ranking}
              rows={items}
              keyOf={({ userId, name }) => userId ?? `${name}`}
              columns={[
                { head: w.rank, cell: ({ rank }) => format.number(rank) },
                { head: w.name, cell: ({ name, userId }) => name ?? userId },
                { head: w.categories[category], number: true, cell: ({ value }) => format.number(value, 2) },
              ]}
            />
          </>
        )
      }
    </Panel>
  );
}

/** The month `YYYY-MM` of an instant in a zone. */
function monthIn(iso: string, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", timeZone })
    .format(new Date(iso))
    .slice(0, 7);
}
