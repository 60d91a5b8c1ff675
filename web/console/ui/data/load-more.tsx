import type { JSX } from "preact";
import { Button } from "../basics/button.tsx";
import { useWords } from "../locale.tsx";
import { words } from "../words.ts";

interface Props {
  /** How many the next page has, at most. */
  count?: number | undefined;
  busy?: boolean | undefined;
  onClick: () => void;
}

/** Reads the next rows of a list, below the ones that show. */
export function LoadMore({ count = 20, busy, onClick }: Props): JSX.Element {
  const { loadMore } = useWords(words);
  return (
    <div class="load-more">
      <Button busy={busy} onClick={onClick}>
        {loadMore(count)}
      </Button>
    </div>
  );
}
