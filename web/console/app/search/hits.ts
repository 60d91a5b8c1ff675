import type { SearchHits } from "../../../client/generated/types.ts";
import type { IconName } from "../../ui/basics/icon-names.ts";
import type { Format } from "../../ui/format.ts";
import type { SearchWords } from "../../words/search.ts";

/** A line of the search: where it leads, and what it says. */
export interface Hit {
  href: string;
  icon: IconName;
  title: string;
  note?: string | undefined;
}

export interface HitGroup {
  title: string;
  hits: Hit[];
}

/** The name of a job, by its command. */
type JobNames = (command: string) => string;

/** What was found, by kind; kinds without a hit are left out. Pure. */
export function groupsOf(found: SearchHits, words: SearchWords, format: Format, jobName: JobNames): HitGroup[] {
  const { kinds } = words;
  const groups: HitGroup[] = [
    {
      title: kinds.members,
      hits: found.members.map(({ id, name, firstName, email, active }) => ({
        href: `/members?member=${encodeURIComponent(id)}`,
        icon: "user",
        title: name ?? firstName ?? words.unnamed,
        note: [email, active ? undefined : words.inactive].filter(Boolean).join(" · "),
      })),
    },
    {
      title: kinds.bookings,
      hits: found.bookings.map(({ id, customerName, serviceName, providerName, startsAt }) => ({
        href: `/bookings?booking=${encodeURIComponent(id)}`,
        icon: "calendar-days",
        title: customerName,
        note: `${words.withProvider(serviceName, providerName)} · ${format.dateTime(startsAt)}`,
      })),
    },
    {
      title: kinds.jobs,
      hits: found.jobs.map(({ command }) => ({ href: `/runs/${command}`, icon: "timer", title: jobName(command) })),
    },
    {
      title: kinds.executions,
      hits: found.executions.map(({ id, command, startedAt }) => ({
        href: `/runs/${command}/${id}`,
        icon: "play",
        title: jobName(command),
        note: format.dateTime(startedAt),
      })),
    },
    {
      title: kinds.mails,
      hits: found.mails.map(({ recipient, subject, createdAt }) => ({
        href: "/mail",
        icon: "mail",
        title: subject,
        note: `${recipient} · ${format.dateTime(createdAt)}`,
      })),
    },
  ];
  return groups.filter(({ hits }) => hits.length > 0);
}
