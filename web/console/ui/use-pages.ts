import { useState } from "preact/hooks";
import type { CallOptions } from "../../client/call-options.ts";
import type { ApiError } from "../../client/client.ts";
import type { Client } from "../../client/generated/types.ts";
import { useUi } from "./context.tsx";
import { type ApiState, errorOf, useApi } from "./use-api.ts";

/** One page of a list, as the API returns it. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** A list that grows page by page. */
export interface Pages<Item> {
  /** The first page, with its errors. */
  reading: ApiState<Page<Item>>;
  /** The items of all pages that were read. */
  items: readonly Item[];
  /** Undefined after the last page. */
  more: (() => void) | undefined;
  moreBusy: boolean;
  moreError: ApiError | undefined;
}

interface Rest<Item> {
  /** The first page that these follow. */
  first: Page<Item> | undefined;
  items: Item[];
  nextCursor: string | null;
}

/**
 * Reads the first page of a list as `useApi` does, and the next ones on demand. When the first page is read again, the others are
 * dropped: they may overlap with it.
 */
export function usePages<Item>(
  read: (client: Client, options: CallOptions, cursor: string | undefined) => Promise<Page<Item>>,
  ...parameters: (string | number | undefined)[]
): Pages<Item> {
  const { client } = useUi();
  const reading = useApi((caller, options) => read(caller, options, undefined), ...parameters);
  const [rest, setRest] = useState<Rest<Item> | undefined>(undefined);
  const [moreBusy, setBusy] = useState(false);
  const [moreError, setError] = useState<ApiError | undefined>(undefined);
  const first = reading.data;
  const known: Rest<Item> =
    rest !== undefined && rest.first === first ? rest : { first, items: [], nextCursor: first?.nextCursor ?? null };
  const { nextCursor } = known;
  const more = () => {
    if (nextCursor === null || moreBusy) return;
    setBusy(true);
    read(client, {}, nextCursor)
      .then(
        (page) => {
          setError(undefined);
          setRest({ first, items: [...known.items, ...page.items], nextCursor: page.nextCursor });
        },
        (fault: unknown) => setError(errorOf(fault)),
      )
      .finally(() => setBusy(false));
  };
  return {
    reading,
    items: first === undefined ? [] : [...first.items, ...known.items],
    more: nextCursor === null ? undefined : more,
    moreBusy,
    moreError,
  };
}
