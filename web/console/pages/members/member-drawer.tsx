import type { JSX } from "preact";
import type { MemberDetails } from "../../../client/generated/types.ts";
import { dateIn } from "../../routing/dates.ts";
import { StatusPill } from "../../ui/basics/status-pill.tsx";
import { BarChart } from "../../ui/charts/bar-chart.tsx";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { NONE } from "../../ui/format.ts";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Drawer } from "../../ui/overlay/drawer.tsx";
import { Section } from "../../ui/page/card.tsx";
import { type Fact, FactList } from "../../ui/page/facts.tsx";
import { Row } from "../../ui/page/grid.tsx";
import { useApi } from "../../ui/use-api.ts";
import { MemberEarned } from "./member-earned.tsx";
import { memberWords } from "./words.ts";

/** How many weeks the chart shows. */
const SHOWN_WEEKS = 12;

interface Props {
  id: string;
  onClose: () => void;
}

/** One member: results, goals, friends, badges and what is stored of them. */
export function MemberDrawer({ id, onClose }: Props): JSX.Element {
  const w = useWords(memberWords);
  const reading = useApi((client, options) => client.getMember({ id }, options), id);
  const member = reading.data;
  return (
    <Drawer title={member?.name ?? id} lead={member && <Lead member={member} />} onClose={onClose}>
      <Reading reading={reading} failed={w.memberFailed}>
        {(details) => (
          <>
            <Weeks member={details} />
            <Months member={details} />
            <Goals member={details} />
            <Friends member={details} />
            <MemberEarned member={details} />
            <Data member={details} />
          </>
        )}
      </Reading>
    </Drawer>
  );
}

interface MemberProps {
  member: MemberDetails;
}

function Lead({ member: { active, mailsOptedOut, showInGlobalRankings } }: MemberProps): JSX.Element {
  const w = useWords(memberWords);
  return (
    <Row>
      <StatusPill tone={active ? "ok" : "neutral"} icon={active ? "check" : "pause"}>
        {active ? w.active : w.inactive}
      </StatusPill>
      {mailsOptedOut && (
        <StatusPill tone="neutral" icon="mail-x">
          {w.optedOut}
        </StatusPill>
      )}
      {!showInGlobalRankings && (
        <StatusPill tone="neutral" icon="eye">
          {w.hidden}
        </StatusPill>
      )}
    </Row>
  );
}

function Weeks({ member: { weeks, months, timezone } }: MemberProps): JSX.Element {
  const { format } = useLocale();
  const w = useWords(memberWords);
  if (weeks.length === 0) return <EmptyState icon="trophy" title={w.noResults} />;
  const shown = weeks.slice(-SHOWN_WEEKS);
  const best = Math.max(...weeks.map(({ points }) => points));
  const month = months.at(-1);
  const facts: Fact[] = [
    { label: w.bestWeek, value: w.points(format.number(best)), note: w.bestWeekNote },
    {
      label: w.goalWeeks,
      value: format.number(weeks.filter(({ goalPointsMet }) => goalPointsMet).length),
      note: w.ofWeeks(format.number(weeks.length)),
    },
  ];
  if (month && month.friendsRank !== null && month.participants !== null) {
    facts.push({
      label: w.rankInMonth(format.month(dateIn(timezone, new Date(month.monthStart)))),
      value: w.rankOf(format.number(month.friendsRank), format.number(month.participants)),
      note:
        month.globalRank === null ? w.amongFriends : `${w.amongFriends}; ${w.inClub(format.number(month.globalRank))}`,
    });
  }
  return (
    <>
      <Section>
        <FactList facts={facts} />
      </Section>
      <Section title={w.weeks} hint={w.weeksHint}>
        <BarChart
          title={w.weeks}
          labels={shown.map(({ weekStart }) => dateIn(timezone, new Date(weekStart)))}
          value={(value) => format.number(value)}
          height={120}
          noteOf={(place) => w.pointsGoal(format.number(shown[place]?.pointsTarget ?? 0))}
          bars={[
            { label: w.goalMet, values: shown.map(({ points, goalPointsMet }) => (goalPointsMet ? points : null)) },
            {
              label: w.below,
              colour: 5,
              values: shown.map(({ points, goalPointsMet }) => (goalPointsMet ? null : points)),
            },
          ]}
        />
      </Section>
    </>
  );
}

function Months({ member: { months, timezone } }: MemberProps): JSX.Element | null {
  const { format } = useLocale();
  const w = useWords(memberWords);
  if (months.length === 0) return null;
  const number = (value: number | null) => (value === null ? NONE : format.number(value));
  return (
    <Section title={w.months}>
      <table class="small-table">
        <thead>
          <tr>
            <th scope="col">{w.month}</th>
            {[w.pointsHead, w.friendsHead, w.clubHead].map((head) => (
              <th key={head} scope="col" class="number">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...months].reverse().map(({ monthStart, points, friendsRank, globalRank, challengeMet }) => (
            <tr key={monthStart}>
              <th scope="row">
                {format.month(dateIn(timezone, new Date(monthStart)))}
                {challengeMet && (
                  <StatusPill tone="ok" icon="check">
                    {w.challengeHead}
                  </StatusPill>
                )}
              </th>
              <td class="number">{format.number(points)}</td>
              <td class="number">{number(friendsRank)}</td>
              <td class="number">{number(globalRank)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Goals({ member: { goals } }: MemberProps): JSX.Element {
  const { format } = useLocale();
  const w = useWords(memberWords);
  const points = {
    label: w.pointsHead,
    value: goals.points === null ? w.defaultGoal : w.pointsGoal(format.number(goals.points)),
  };
  const exercises = goals.exercises.map(({ exerciseId, target, unit }) => ({
    label: w.exercises[exerciseId] ?? exerciseId,
    value: w.goalUnits[unit](format.number(target, Number.isInteger(target) ? 0 : 1)),
  }));
  return (
    <Section title={w.goals}>
      <FactList facts={[points, ...exercises]} />
    </Section>
  );
}

function Friends({ member: { friends } }: MemberProps): JSX.Element {
  const { format } = useLocale();
  const w = useWords(memberWords);
  return (
    <Section title={w.friends} hint={friends.length > 0 && format.number(friends.length)}>
      {friends.length === 0 ? (
        <p class="hint-text">{w.noFriends}</p>
      ) : (
        <Row>
          {friends.map(({ id, name }) => (
            <a key={id} class="chip" href={`/members?member=${encodeURIComponent(id)}`}>
              {name ?? id}
            </a>
          ))}
        </Row>
      )}
    </Section>
  );
}

function Data({ member: { id, firstName, email, language } }: MemberProps): JSX.Element {
  const w = useWords(memberWords);
  return (
    <Section title={w.data}>
      <FactList
        facts={[
          { label: w.name, value: firstName ?? NONE },
          { label: w.email, value: email ?? w.noAddress },
          { label: w.language, value: w.languages[language] ?? language },
          { label: w.id, value: <code>{id}</code> },
        ]}
      />
    </Section>
  );
}
