import type { JSX } from "preact";
import type { ManagedProvider } from "../../../client/generated/types.ts";
import { addDays } from "../../routing/dates.ts";
import { useQuery } from "../../routing/query.ts";
import { Button } from "../../ui/basics/button.tsx";
import { IconButton } from "../../ui/basics/icon-button.tsx";
import { Chips } from "../../ui/form/segmented.tsx";
import { useWords } from "../../ui/locale.tsx";
import { Row, Stack } from "../../ui/page/grid.tsx";
import { EVERYBODY } from "./everybody.ts";
import { bookingWords } from "./words.ts";

interface Props {
  providers: readonly ManagedProvider[];
  /** Undefined: everybody. */
  provider: ManagedProvider | undefined;
  days: readonly string[];
}

/** Moves the calendar in time, and chooses whose it is. Both are in the address. */
export function CalendarControls({ providers, provider, days }: Props): JSX.Element {
  const w = useWords(bookingWords);
  const { set } = useQuery();
  const span = days.length > 1 ? "week" : "day";
  const first = days[0] ?? "";
  const go = (date: string | undefined) => set({ date, slot: undefined, booking: undefined });
  return (
    <Stack tight>
      <Row>
        <IconButton
          kind="plain"
          icon="chevron-left"
          label={w.before[span]}
          onClick={() => go(addDays(first, -days.length))}
        />
        <Button onClick={() => go(undefined)}>{w.today}</Button>
        <IconButton
          kind="plain"
          icon="chevron-right"
          label={w.after[span]}
          onClick={() => go(addDays(first, days.length))}
        />
      </Row>
      <Chips
        label={w.provider}
        options={[
          ...(providers.length > 1 ? [{ value: EVERYBODY, label: w.everybody }] : []),
          ...providers.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        chosen={[provider?.id ?? EVERYBODY]}
        onToggle={(id) => set({ provider: id, slot: undefined, booking: undefined })}
      />
    </Stack>
  );
}
