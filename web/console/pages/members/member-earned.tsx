import type { JSX } from "preact";
import type { MemberDetails } from "../../../client/generated/types.ts";
import { Icon } from "../../ui/basics/icon.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Section } from "../../ui/page/card.tsx";
import { useApi } from "../../ui/use-api.ts";
import { earnedOf } from "./earned.ts";
import { memberWords } from "./words.ts";

/** The badges and awards of a member. */
export function MemberEarned({ member }: { member: MemberDetails }): JSX.Element {
  const { format } = useLocale();
  const w = useWords(memberWords);
  const reading = useApi(async (client, options) => {
    const userId = member.id;
    const [badges, awards] = await Promise.all([
      client.getBadges({ userId }, options),
      client.getAwards({ userId, limit: 1000 }, options),
    ]);
    return { badges: badges.items, awards: awards.items };
  }, member.id);
  return (
    <Section title={w.badges} hint={w.counts(format.number(member.badges), format.number(member.awards))}>
      <Reading reading={reading} failed={w.memberFailed}>
        {({ badges, awards }) => {
          const earned = earnedOf(badges, awards, w);
          if (earned.length === 0) return <p class="hint-text">{w.noBadges}</p>;
          return (
            <ul class="earned">
              {earned.map(({ key, kind, name, count }) => (
                <li key={key}>
                  <Icon name={kind === "badge" ? "award" : "medal"} size="small" />
                  {name} <b>{kind === "badge" ? format.number(count) : w.times(format.number(count))}</b>
                </li>
              ))}
            </ul>
          );
        }}
      </Reading>
    </Section>
  );
}
