import type { JSX } from "preact";
import type { MailOverview } from "../../client/generated/types.ts";
import { Chart } from "../ui/chart.tsx";
import { useUi } from "../ui/context.tsx";
import { Empty, Figures, Panel } from "../ui/panel.tsx";
import { type ApiState, useApi } from "../ui/use-api.ts";
import { FailedMails } from "./failed-mails.tsx";

/** The queue, the emails of the last days, and failed emails. */
export function MailTab(): JSX.Element {
  const emails = useApi((client, options) => client.getMailOverview({ days: 14, limit: 50 }, options));
  return (
    <div class="panels">
      <Queue reading={emails} />
      <Days reading={emails} />
      <FailedMails reading={emails} />
    </div>
  );
}

const STATES = ["sent", "pending", "retrying", "skipped", "failed"] as const;

/** The health check warns at the same age. */
const OLD_SECONDS = 3_600;

function Queue({ reading }: { reading: ApiState<MailOverview> }): JSX.Element {
  const { words, format } = useUi();
  const w = words.mail;
  const seconds = (value: number | null) => format.duration(value === null ? null : value * 1000);
  return (
    <Panel title={w.queue} reading={reading} wide>
      {({ queue }) => (
        <Figures
          figures={[
            { label: w.waiting, value: format.number(queue.waiting), note: w.due(format.number(queue.due)) },
            {
              label: w.age,
              value: seconds(queue.oldestDueSeconds),
              note: w.ageNote,
              tone: (queue.oldestDueSeconds ?? 0) >= OLD_SECONDS ? "warn" : undefined,
            },
            { label: w.drain, value: seconds(queue.secondsToDrain), note: w.drainNote },
            { label: w.scheduled, value: format.number(queue.scheduled), note: w.scheduledNote },
            {
              label: w.unknown,
              value: format.number(queue.deliveryUnknown),
              note: w.unknownNote,
              tone: queue.deliveryUnknown > 0 ? "bad" : undefined,
            },
          ]}
        />
      )}
    </Panel>
  );
}

function Days({ reading }: { reading: ApiState<MailOverview> }): JSX.Element {
  const { words, format } = useUi();
  const w = words.mail;
  return (
    <Panel title={w.days} reading={reading} wide>
      {({ days, timezone }) =>
        days.every((day) => STATES.every((state) => day[state] === 0)) ? (
          <Empty>{w.noMails}</Empty>
        ) : (
          <>
            <Chart
              title={w.days}
              kind="stacked"
              labelled={words.day}
              labels={days.map(({ date }) => format.day(date))}
              value={(value) => format.number(value)}
              series={STATES.map((state, nth) => ({
                label: w.states[state],
                colour: COLOURS[nth] ?? 1,
                values: days.map((day) => day[state]),
              }))}
            />
            <p class="small">{words.daysIn(timezone)}</p>
          </>
        )
      }
    </Panel>
  );
}

/** Failed emails are red. */
const COLOURS = [1, 4, 5, 3, 2] as const;
