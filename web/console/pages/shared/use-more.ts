import { useState } from "preact/hooks";
import type { CallOptions } from "../../../client/call-options.ts";
import type { ApiError } from "../../../client/client.ts";
import type { Client } from "../../../client/generated/types.ts";
import { useUi } from "../../ui/context.tsx";
import { errorOf } from "../../ui/use-api.ts";

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

interface Rest<Item> extends Page<Item> {
  key: string;
}

export interface More<Item> {
  items: Item[];
  /** Undefined after the last page. */
  more: (() => void) | undefined;
  busy: boolean;
  error: ApiError | undefined;
}

/**
 * The items of a list that is read page by page. The first page is read again every minute; the others stay.
 * @param key The parameters of the list. The pages of others are forgotten.
 */
export function useMore<Item extends { id: string | number }>(
  key: string,
  first: Page<Item> | undefined,
  read: (client: Client, cursor: string, options: CallOptions) => Promise<Page<Item>>,
): More<Item> {
  const { client } = useUi();
  const [rest, setRest] = useState<Rest<Item> | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | undefined>(undefined);
  const known = rest?.key === key ? rest : undefined;
  const newest = first?.items ?? [];
  const ids = new Set(newest.map(({ id }) => id));
  const cursor = known ? known.nextCursor : (first?.nextCursor ?? null);

  async function load(from: string): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      const page = await read(client, from, {});
      setRest({ key, items: [...(known?.items ?? []), ...page.items], nextCursor: page.nextCursor });
    } catch (fault) {
      setError(errorOf(fault));
    } finally {
      setBusy(false);
    }
  }

  return {
    items: [...newest, ...(known?.items ?? []).filter(({ id }) => !ids.has(id))],
    more: cursor === null ? undefined : () => void load(cursor),
    busy,
    error,
  };
}
