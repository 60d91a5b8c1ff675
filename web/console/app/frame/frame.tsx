import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { PATHS } from "../../routing/paths.ts";
import { OverviewContext, useUi } from "../../ui/context.tsx";
import { SkipLink } from "../../ui/page/skip-link.tsx";
import { useApi } from "../../ui/use-api.ts";
import type { Trouble } from "../connection.ts";
import { Lazy } from "../lazy.tsx";
import { forgetPages } from "../search/recent-pages.ts";
import { Banner } from "./banner.tsx";
import { areaOf } from "./navigation.ts";
import { PageOutlet } from "./page-outlet.tsx";
import { BottomBar, TopBar } from "./phone-bars.tsx";
import { SideBar } from "./side-bar.tsx";
import { usePageTitle } from "./use-page-title.ts";

const loadSearch = () => import("../search/search-dialog.tsx");

interface Props {
  trouble: Trouble | undefined;
  refresh(): Promise<void>;
}

/** What surrounds every page of a signed-in operator. */
export function Frame({ trouble, refresh }: Props): JSX.Element {
  const { client } = useUi();
  const { path, route } = useLocation();
  const overview = useApi((caller, options) => caller.getOverview({}, options), "overview");
  const [searching, setSearching] = useState(false);
  const main = useRef<HTMLElement>(null);
  usePageTitle(main, path);
  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      const isShortcut = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
      if (!isShortcut && (event.key !== "/" || isTyping(event))) return;
      event.preventDefault();
      setSearching(true);
    };
    addEventListener("keydown", open);
    return () => removeEventListener("keydown", open);
  }, []);

  const signOut = () => {
    const leave = () => {
      forgetPages();
      route(PATHS.signIn, true);
      return refresh();
    };
    client.signOut().then(leave, leave);
  };
  const area = areaOf(path);
  const waiting = overview.data?.waiting;
  const search = () => setSearching(true);
  return (
    <OverviewContext.Provider value={overview}>
      <div class="frame">
        <SkipLink target="main" />
        <SideBar area={area} waiting={waiting} search={search} signOut={signOut} />
        <TopBar incidents={waiting?.incidents ?? 0} search={search} signOut={signOut} />
        <main class="page" id="main" tabIndex={-1} ref={main}>
          <Banner trouble={trouble} />
          <PageOutlet />
        </main>
        <BottomBar area={area} waiting={waiting} />
      </div>
      {searching && <Lazy load={loadSearch} props={{ close: () => setSearching(false) }} />}
    </OverviewContext.Provider>
  );
}

/** Whether the key belongs to a field. */
const isTyping = ({ target }: Event): boolean =>
  target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable], [role=menu] *");
