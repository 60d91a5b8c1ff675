import type { JSX } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { isCommand, jobWords } from "../../pages/runs/sentences/jobs.ts";
import { Icon } from "../../ui/basics/icon.tsx";
import { ErrorState } from "../../ui/data/error-state.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { Dialog } from "../../ui/overlay/dialog.tsx";
import { useApi } from "../../ui/use-api.ts";
import { frameWords } from "../../words/frame.ts";
import { searchWords } from "../../words/search.ts";
import { GROUPS, hrefOf } from "../frame/navigation.ts";
import { groupsOf, type HitGroup } from "./hits.ts";
import { recentPages } from "./recent-pages.ts";
import "./search.css";

/** As the API requires. */
const SHORTEST = 2;
const PAUSE_MS = 150;

/** Searches members, bookings, runs and mails, and leads to what was found. Without a text it offers the pages opened last. */
export default function SearchDialog({ close }: { close: () => void }): JSX.Element {
  const words = useWords(searchWords);
  const { language, format } = useLocale();
  const { route } = useLocation();
  const id = useId();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const query = useSettled(text.trim());
  const isQuery = query.length >= SHORTEST;
  const found = useApi(
    isQuery ? (client, options) => client.search({ q: query }, options) : undefined,
    "search",
    query,
  );
  const jobName = (command: string) => (isCommand(command) ? jobWords(command, language).name : command);
  const pages = usePageHits(text.trim());
  const groups = !isQuery
    ? pages
    : [...pages, ...(found.data === undefined ? [] : groupsOf(found.data, words, format, jobName))];
  const hits = groups.flatMap((group) => group.hits);
  const current = Math.min(chosen, hits.length - 1);
  useEffect(() => setChosen(0), [query, found.data]);
  useEffect(() => {
    document.getElementById(`${id}-${current}`)?.scrollIntoView({ block: "nearest" });
  }, [current]);

  const open = (href: string) => {
    close();
    route(href);
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && hits.length > 0) setChosen((current + step + hits.length) % hits.length);
    else if (event.key === "Enter" && hits[current] !== undefined) open(hits[current].href);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={words.title} onClose={close}>
      <div class="search-dialog" onInput={(event) => event.stopPropagation()}>
        <span class="input search">
          <Icon name="search" />
          <input
            type="text"
            role="combobox"
            data-focus
            autocomplete="off"
            spellcheck={false}
            enterKeyHint="go"
            aria-label={words.placeholder}
            aria-expanded={hits.length > 0}
            aria-controls={id}
            aria-activedescendant={hits.length > 0 ? `${id}-${current}` : undefined}
            placeholder={words.placeholder}
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
            onKeyDown={press}
          />
        </span>
        {found.error && isQuery && <ErrorState inline error={found.error} title={words.failed} again={found.again} />}
        <div id={id} role="listbox" aria-label={words.title} aria-busy={isQuery && found.busy}>
          {groups.map((group) => (
            <Group
              key={group.title}
              group={group}
              id={id}
              first={hits.indexOf(group.hits[0] as (typeof hits)[number])}
              current={current}
              open={open}
            />
          ))}
        </div>
        <p class="search-note" role="status">
          {isQuery && !found.busy && !found.error
            ? hits.length === 0
              ? words.none(query)
              : words.found(hits.length)
            : isQuery
              ? ""
              : words.hint}
        </p>
        <p class="search-keys" aria-hidden="true">
          {words.keys}
        </p>
      </div>
    </Dialog>
  );
}

interface GroupProps {
  group: HitGroup;
  id: string;
  /** The place of its first hit among all. */
  first: number;
  current: number;
  open(href: string): void;
}

function Group({ group: { title, hits }, id, first, current, open }: GroupProps): JSX.Element {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a listbox has no fieldsets
    <div role="group" aria-label={title}>
      <p aria-hidden="true">{title}</p>
      {hits.map(({ href, icon, title: text, note }, nth) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the chosen option
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
        <div
          key={`${href} ${text} ${note}`}
          id={`${id}-${first + nth}`}
          role="option"
          aria-selected={first + nth === current}
          onClick={() => open(href)}
        >
          <Icon name={icon} />
          <span>
            {text}
            {note && <small>{note}</small>}
          </span>
        </div>
      ))}
    </div>
  );
}

/** Areas whose name begins with the text; without a text the pages that were opened last. */
function usePageHits(text: string): HitGroup[] {
  const words = useWords(searchWords);
  const { areas } = useWords(frameWords);
  if (text === "") {
    const hits = recentPages().map(({ href, title }) => ({ href, title, icon: "history" as const }));
    return hits.length === 0 ? [] : [{ title: words.recent, hits }];
  }
  const hits = GROUPS.flatMap(([, entries]) => entries)
    .filter(({ area }) => areas[area].toLowerCase().startsWith(text.toLowerCase()))
    .map(({ area, icon }) => ({ href: hrefOf(area), icon, title: areas[area] }));
  return hits.length === 0 ? [] : [{ title: words.kinds.pages, hits }];
}

/** A text once it has not changed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
