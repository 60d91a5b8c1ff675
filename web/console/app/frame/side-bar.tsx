import type { JSX } from "preact";
import type { WaitingCounts } from "../../../client/generated/types.ts";
import { Count } from "../../ui/basics/count.tsx";
import { Icon } from "../../ui/basics/icon.tsx";
import { Mark } from "../../ui/basics/mark.tsx";
import { useUi } from "../../ui/context.tsx";
import { useWords } from "../../ui/locale.tsx";
import { frameWords } from "../../words/frame.ts";
import { preload } from "../lazy.tsx";
import { PAGES } from "../pages.ts";
import { AccountMenu } from "./account-menu.tsx";
import { type Area, type Entry, GROUPS, hrefOf } from "./navigation.ts";

interface Props {
  area: Area | undefined;
  waiting: WaitingCounts | undefined;
  search(): void;
  signOut(): void;
}

/** Beside the pages: club, search, areas, account. Between tablet and desktop it shrinks to icons. */
export function SideBar({ area, waiting, search, signOut }: Props): JSX.Element {
  const { club } = useUi();
  const words = useWords(frameWords);
  return (
    <header class="side-bar">
      <a class="brand" href="/" aria-label={`Taktwerk, ${club.name}`}>
        <Mark />
        <span>
          Taktwerk <small>{club.name}</small>
        </span>
      </a>
      <button
        type="button"
        class="find"
        aria-label={`${words.search} ${SHORTCUT}`}
        aria-keyshortcuts="Control+K /"
        onClick={search}
      >
        <Icon name="search" />
        <span>{words.search}</span> <kbd>{SHORTCUT}</kbd>
      </button>
      <nav aria-label={words.navigation}>
        {GROUPS.map(([group, entries]) => (
          <div key={group ?? ""}>
            {group && <p>{words.groups[group]}</p>}
            <ul>
              {entries.map((entry) => (
                <li key={entry.area}>
                  <AreaLink entry={entry} current={entry.area === area} waiting={waiting} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <AccountMenu signOut={signOut} />
    </header>
  );
}

const SHORTCUT = /mac|iphone|ipad/i.test(navigator.userAgent) ? "⌘ K" : "Ctrl K";

interface LinkProps {
  entry: Entry;
  current: boolean;
  waiting: WaitingCounts | undefined;
}

/** A link to an area, with the count of what waits there. Its code is loaded as soon as the pointer or the focus is on it. */
export function AreaLink({ entry, current, waiting }: LinkProps): JSX.Element {
  const words = useWords(frameWords);
  const { area, icon, tone } = entry;
  const count = waitingIn(entry, waiting);
  const load = () => void preload(PAGES[area]).catch(() => undefined);
  return (
    <a
      class="area"
      href={hrefOf(area)}
      aria-current={current ? "page" : undefined}
      onPointerEnter={load}
      onFocus={load}
    >
      <Icon name={icon} />
      <span>{words.areas[area]}</span>
      {count > 0 && <Count value={count} tone={tone} label={words.waiting} />}
    </a>
  );
}

export const waitingIn = ({ waiting: name }: Entry, waiting: WaitingCounts | undefined): number =>
  name === undefined ? 0 : (waiting?.[name] ?? 0);
