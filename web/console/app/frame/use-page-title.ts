import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useUi } from "../../ui/context.tsx";
import { rememberPage } from "../search/recent-pages.ts";

/**
 * Names the document after the heading of the page. When another page opens, moves the focus to its heading, where keyboards and
 * screen readers continue.
 */
export function usePageTitle(main: RefObject<HTMLElement | null>, path: string): void {
  const { club } = useUi();
  const opened = useRef(path);
  const isNew = useRef(false);
  if (opened.current !== path) {
    opened.current = path;
    isNew.current = true;
  }
  useEffect(() => {
    const element = main.current;
    if (element === null) return;
    const update = () => {
      const heading = element.querySelector<HTMLElement>("[data-page-title]");
      if (heading === null) return;
      const title = heading.textContent?.trim() ?? "";
      document.title = `${title} – ${club.name}`;
      if (path !== "/") rememberPage({ href: path, title });
      // A drawer or dialog that opens with the page takes the focus itself.
      if (isNew.current && !element.querySelector("dialog[open]")) heading.focus({ preventScroll: true });
      isNew.current = false;
    };
    if (isNew.current) scrollTo(0, 0);
    update();
    const observer = new MutationObserver(update);
    observer.observe(element, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [path, club.name]);
}
