import type { JSX } from "preact";
import type { WeekFigures } from "../../../client/generated/types.ts";
import { Avatar } from "../../ui/basics/avatar.tsx";
import { Icon } from "../../ui/basics/icon.tsx";
import type { IconName } from "../../ui/basics/icon-names.ts";
import { Trend } from "../../ui/basics/trend.tsx";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Card } from "../../ui/page/card.tsx";
import { Figure } from "../../ui/page/figure.tsx";
import { dayAndMonth } from "./greeting.ts";
import { overviewWords } from "./words.ts";

/** The newest evaluated week. */
export function WeekCard({ week }: { week: WeekFigures | null }): JSX.Element {
  const { week: words } = useWords(overviewWords);
  const { format, language } = useLocale();
  const link = { href: "/members", label: words.link };
  if (week === null) {
    return (
      <Card title={words.emptyTitle} span={4} link={link}>
        <EmptyState icon="trophy" title={words.empty}>
          {words.emptyNote}
        </EmptyState>
      </Card>
    );
  }
  const { weekStart, members, trained, trainedChange, pointsGoalMet, challengeMet, newBadges, best, points } = week;
  const rows: [IconName, string, number][] = [
    ["target", words.pointsGoal, pointsGoalMet],
    ["flame", words.challenge, challengeMet],
    ["medal", words.badges, newBadges],
  ];
  return (
    <Card title={words.title(dayAndMonth(weekStart, language))} span={4} link={link}>
      <Figure value={format.number(trained)} label={words.of(format.number(members))}>
        {trainedChange !== null && <Trend change={trainedChange} />}
      </Figure>
      <ul class="week-list">
        {rows.map(([icon, text, count]) => (
          <li key={icon}>
            <Icon name={icon} />
            <span>{text}</span>
            <b>{format.number(count)}</b>
          </li>
        ))}
        {best && (
          <li>
            <Avatar name={best.name ?? words.unnamed} />
            <a href={`/members?member=${encodeURIComponent(best.userId)}`}>{words.best(best.name ?? words.unnamed)}</a>
            <b>{format.number(best.points)}</b>
          </li>
        )}
        <li>
          <Icon name="star" />
          <span>{words.points}</span>
          <b>{format.number(points)}</b>
        </li>
      </ul>
    </Card>
  );
}
