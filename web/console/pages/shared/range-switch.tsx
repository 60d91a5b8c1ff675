import type { JSX } from "preact";
import { useQuery } from "../../routing/query.ts";
import { RANGES, type Range, type RangeName } from "../../routing/range.ts";
import { Segmented } from "../../ui/form/segmented.tsx";
import { useLocale, useWords } from "../../ui/locale.tsx";
import { sharedWords } from "./words.ts";

const NAMES = Object.keys(RANGES) as RangeName[];

/** Chooses the span of a page, which is in its address. A span of two dates shows as a further choice. */
export function RangeSwitch({ range }: { range: Range }): JSX.Element {
  const { set } = useQuery();
  const { format } = useLocale();
  const w = useWords(sharedWords);
  const named = NAMES.map((name) => [name as string, w.ranges[name]] as const);
  const options = range.name ? named : [...named, ["dates", format.range(range.from, range.to)] as const];
  return (
    <Segmented
      label={w.range}
      value={range.name ?? "dates"}
      options={options}
      onChange={(name) => set({ range: name, from: undefined, to: undefined })}
    />
  );
}
