import type { JSX } from "preact";
import type { BookingRate, SlotMetrics } from "../../client/generated/types.ts";
import { NONE } from "../format.ts";
import { useUi } from "../ui/context.tsx";
import { Empty, Figures, Panel } from "../ui/panel.tsx";
import { Table } from "../ui/table.tsx";
import { Badge } from "../ui/text.tsx";
import { type ApiState, useApi } from "../ui/use-api.ts";
import { WeekGrid } from "./week-grid.tsx";

/** Coverage, density and booking rate of the slots. */
export function SlotsTab(): JSX.Element {
  const metrics = useApi((client, options) => client.getSlotMetrics({}, options));
  const calendar = useApi((client, options) => client.getSlotCalendar({ days: 35 }, options));
  const { words } = useUi();
  return (
    <div class="panels">
      <Overview reading={metrics} />
      <Panel title={words.slots.calendar} reading={calendar} wide>
        {({ items }) => <WeekGrid days={items} />}
      </Panel>
      <Providers reading={metrics} />
    </div>
  );
}

function Overview({ reading }: { reading: ApiState<SlotMetrics> }): JSX.Element {
  const { words, format } = useUi();
  const w = words.slots;
  const booked = ({ booked, offered }: BookingRate) => w.booked(format.number(booked), format.number(offered));
  return (
    <Panel title={w.title} reading={reading} wide>
      {({ coverage, density, bookingRate, warnings, uncovered }) => (
        <>
          <Figures
            figures={[
              {
                label: w.coverage,
                value: format.percent(coverage.percent),
                note: w.covered(format.number(coverage.coveredServices), format.number(coverage.activeServices)),
              },
              {
                label: w.density,
                value: density.perDay === null ? NONE : format.number(density.perDay, 1),
                note: w.bookable(format.number(density.bookableSlots), format.number(density.days)),
              },
              { label: w.past, value: format.percent(bookingRate.past.percent), note: booked(bookingRate.past) },
              { label: w.ahead, value: format.percent(bookingRate.ahead.percent), note: booked(bookingRate.ahead) },
            ]}
          />
          {warnings.length === 0 ? (
            <Empty>{w.noWarnings}</Empty>
          ) : (
            <ul class="plain">
              {warnings.map(({ code, level, message }) => (
                <li key={code}>
                  <Badge tone={level === "warning" ? "warn" : "calm"}>{w.levels[level]}</Badge>{" "}
                  <span lang="en">{message}</span>
                </li>
              ))}
            </ul>
          )}
          {uncovered.length > 0 && (
            <p>
              {w.uncovered} <code>{uncovered.join(", ")}</code>
            </p>
          )}
        </>
      )}
    </Panel>
  );
}

function Providers({ reading }: { reading: ApiState<SlotMetrics> }): JSX.Element {
  const { words, format } = useUi();
  const w = words.slots;
  return (
    <Panel title={w.providers} reading={reading} wide>
      {({ providers }) =>
        providers.length === 0 ? (
          <Empty>{w.noProviders}</Empty>
        ) : (
          <Table
            caption={w.providers}
            rows={providers}
            keyOf={({ providerId }) => providerId}
            columns={[
              { head: w.provider, cell: ({ name }) => name },
              { head: words.zone, cell: ({ timezone }) => timezone },
              {
                head: w.services,
                number: true,
                cell: ({ coveredServices, activeServices }) => `${coveredServices} / ${activeServices}`,
              },
              { head: w.bookableSlots, number: true, cell: ({ bookableSlots }) => format.number(bookableSlots) },
              { head: w.bookedPlaces, number: true, cell: ({ booked }) => format.number(booked) },
              { head: w.offeredPlaces, number: true, cell: ({ offered }) => format.number(offered) },
            ]}
          />
        )
      }
    </Panel>
  );
}
