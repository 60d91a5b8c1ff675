import type { JSX } from "preact";
import "./members.css";
import { useOpenItem } from "../../routing/open-item.ts";
import { useQuery } from "../../routing/query.ts";
import { Tabs } from "../../ui/form/segmented.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Split, Stack } from "../../ui/page/grid.tsx";
import { PageHeader } from "../../ui/page/page-header.tsx";
import { useApi } from "../../ui/use-api.ts";
import { MemberDrawer } from "./member-drawer.tsx";
import { MemberList } from "./member-list.tsx";
import { Rankings } from "./rankings.tsx";
import { Results } from "./results.tsx";
import { memberWords } from "./words.ts";

const VIEWS = ["list", "weeks", "rankings"] as const;

/** The members, one of them in a drawer, and the results of all. */
export default function MembersPage(): JSX.Element {
  const { format } = useLocale();
  const w = useWords(memberWords);
  const { values, hrefWith } = useQuery();
  const member = useOpenItem("member");
  const overview = useApi((client, options) => client.getSportOverview({ weeks: 26, limit: 20 }, options));
  const view = VIEWS.find((name) => name === values.view) ?? "list";
  const newest = overview.data?.weeks.at(-1);
  return (
    <>
      <PageHeader
        title={w.title}
        sentence={
          overview.data &&
          (newest ? w.sentence(format.number(newest.users), format.number(newest.activeUsers)) : w.noWeek)
        }
      />
      <Stack>
        <Tabs
          label={w.views}
          tabs={VIEWS.map((name) => ({
            href: hrefWith({ view: name === "list" ? undefined : name, member: undefined }),
            label: w.tabs[name],
            current: name === view,
          }))}
        />
        <Split aside={member.id && <MemberDrawer key={member.id} id={member.id} onClose={member.close} />}>
          {view === "list" && <MemberList member={member} />}
          {view === "weeks" && <Results overview={overview} />}
          {view === "rankings" && <Rankings overview={overview} member={member} />}
        </Split>
      </Stack>
    </>
  );
}
