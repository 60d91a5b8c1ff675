import { useRef } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { useQuery } from "./query.ts";

export interface OpenItem {
  id: string | undefined;
  /** The address that opens an item, for links. */
  hrefOf(id: string): string;
  open(id: string): void;
  close(): void;
}

/**
 * The item whose drawer or dialog is open, from a value of the address such as `?booking=17`. Opening adds an entry to the
 * history, so Back closes it; closing goes back, so that the page does not stand in the history twice.
 */
export function useOpenItem(name: string): OpenItem {
  const { values, hrefWith, set } = useQuery();
  const { back } = useLocation();
  const id = values[name];
  const shown = useRef(id);
  const isBehindPage = useRef(false);
  if (shown.current !== id) {
    isBehindPage.current = shown.current === undefined;
    shown.current = id;
  }
  return {
    id,
    hrefOf: (item) => hrefWith({ [name]: item }),
    open: (item) => set({ [name]: item }, "add"),
    close: () => {
      if (isBehindPage.current) back();
      else set({ [name]: undefined });
    },
  };
}
