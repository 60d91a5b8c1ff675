import type { JSX } from "preact";
import type { MailFigures } from "../../../client/generated/types.ts";
import { BarChart } from "../../ui/charts/bar-chart.tsx";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { Figure } from "../../ui/page/figure.tsx";
import { overviewWords } from "./words.ts";

const CHART_HEIGHT = 108;

/** The mails of 14 days, delivered and refused. */
export function MailCard({ mail }: { mail: MailFigures }): JSX.Element {
  const { mail: words } = useWords(overviewWords);
  const { format } = useLocale();
  const { delivered, refused, days, queue } = mail;
  return (
    <Card title={words.title} hint={words.hint} span={4} link={{ href: "/mail", label: words.link }}>
      {delivered + refused + queue.waiting === 0 ? (
        <EmptyState icon="mail" title={words.empty}>
          {words.emptyNote}
        </EmptyState>
      ) : (
        <>
          <Figure value={format.number(delivered)} label={words.delivered}>
            <small class="figure-note">{words.note(format.number(refused), format.number(queue.waiting))}</small>
          </Figure>
          <BarChart
            title={words.bars}
            labels={days.map(({ date }) => date)}
            value={format.number}
            height={CHART_HEIGHT}
            bars={[
              { label: words.deliveredBars, values: days.map((day) => day.delivered) },
              { label: words.refusedBars, values: days.map((day) => day.refused), hatched: true },
            ]}
          />
        </>
      )}
    </Card>
  );
}
