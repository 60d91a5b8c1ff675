import type { JSX } from "preact";
import type { WaitingCounts } from "../../../client/generated/types.ts";
import { Count } from "../../ui/basics/count.tsx";
import { Icon } from "../../ui/basics/icon.tsx";
import { Mark } from "../../ui/basics/mark.tsx";
import { useUi } from "../../ui/context.tsx";
import { useWords } from "../../ui/locale.tsx";
import { Menu } from "../../ui/overlay/menu.tsx";
import { frameWords } from "../../words/frame.ts";
import { AccountMenu } from "./account-menu.tsx";
import { type Area, BOTTOM, hrefOf, MORE } from "./navigation.ts";
import { AreaLink, waitingIn } from "./side-bar.tsx";

interface TopProps {
  incidents: number;
  search(): void;
  signOut(): void;
}

/** Above the pages on a phone: club, search, incidents, account. */
export function TopBar({ incidents, search, signOut }: TopProps): JSX.Element {
  const { club } = useUi();
  const words = useWords(frameWords);
  return (
    <header class="top-bar">
      <a class="brand" href="/">
        <Mark />
        <span>{club.name}</span>
      </a>
      <button type="button" class="button quiet icon-only" aria-label={words.search} onClick={search}>
        <Icon name="search" size="large" />
      </button>
      <a class="button quiet icon-only" href="/incidents" aria-label={words.incidents(incidents)}>
        <Icon name="siren" size="large" />
        {incidents > 0 && <span class="dot" />}
      </a>
      <AccountMenu short signOut={signOut} />
    </header>
  );
}

interface BottomProps {
  area: Area | undefined;
  waiting: WaitingCounts | undefined;
}

/** Below the pages on a phone: the areas that are opened most, and a menu of the others. */
export function BottomBar({ area, waiting }: BottomProps): JSX.Element {
  const words = useWords(frameWords);
  const more = MORE.reduce((sum, entry) => sum + waitingIn(entry, waiting), 0);
  return (
    <nav class="bottom-bar" aria-label={words.navigation}>
      {BOTTOM.map((entry) => (
        <AreaLink key={entry.area} entry={entry} current={entry.area === area} waiting={waiting} />
      ))}
      <Menu
        buttonClass={MORE.some((entry) => entry.area === area) ? "area current" : "area"}
        groups={[
          MORE.map((entry) => {
            const count = waitingIn(entry, waiting);
            const name = words.areas[entry.area];
            return { label: count > 0 ? `${name} (${count})` : name, icon: entry.icon, href: hrefOf(entry.area) };
          }),
        ]}
      >
        <Icon name="menu" />
        <span>{words.more}</span>
        {more > 0 && <Count value={more} tone="warn" label={words.waiting} />}
      </Menu>
    </nav>
  );
}
