import type { ComponentType, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { AttendanceTab } from "./attendance/attendance-tab.tsx";
import { Header } from "./header.tsx";
import { JobsTab } from "./jobs/jobs-tab.tsx";
import { MailTab } from "./mail/mail-tab.tsx";
import { hrefOf, TABS, type Tab, useRoute } from "./routes.ts";
import { SiteTab } from "./site/site-tab.tsx";
import { SlotsTab } from "./slots/slots-tab.tsx";
import { SportTab } from "./sport/sport-tab.tsx";
import { useUi } from "./ui/context.tsx";
import type { PreferenceSetters } from "./ui/switches.tsx";

const PAGES: Record<Tab, ComponentType<{ at: string | undefined }>> = {
  jobs: JobsTab,
  mail: MailTab,
  slots: SlotsTab,
  attendance: AttendanceTab,
  site: SiteTab,
  sport: SportTab,
};

interface Props {
  signOut: () => void;
  loadedAt: string | undefined;
  switches: PreferenceSetters;
}

/** The console of a signed-in operator: header, navigation and one tab. */
export function Console({ signOut, loadedAt, switches }: Props): JSX.Element {
  const { words } = useUi();
  const { tab, at } = useRoute();
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(tab);
  useEffect(() => {
    document.title = `${words.tabs[tab]} · Taktwerk`;
    if (shown.current === tab) return;
    shown.current = tab;
    // Keyboards and screen readers continue at the new tab's heading.
    heading.current?.focus();
  }, [tab, words]);
  const Page = PAGES[tab];
  return (
    <>
      <a class="skip" href={hrefOf(tab, at)} onClick={() => heading.current?.focus()}>
        {words.skip}
      </a>
      <Header signOut={signOut} loadedAt={loadedAt} switches={switches} />
      <nav aria-label={words.areas}>
        <ul>
          {TABS.map((name) => (
            <li key={name}>
              <a href={hrefOf(name)} aria-current={name === tab ? "page" : undefined}>
                {words.tabs[name]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main>
        <h2 ref={heading} tabIndex={-1}>
          {words.tabs[tab]}
        </h2>
        <Page key={tab} at={at} />
      </main>
      <footer>
        <a href="/api.html">{words.allEndpoints}</a>
      </footer>
    </>
  );
}
