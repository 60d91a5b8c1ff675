import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../ui/basics/icon.tsx";
import type { IconName } from "../../ui/basics/icon-names.ts";
import { useWords } from "../../ui/locale.tsx";
import { frameWords } from "../../words/frame.ts";
import type { Trouble } from "../connection.ts";

const ICONS: Readonly<Record<Trouble, IconName>> = {
  unreachable: "wifi-off",
  slow: "hourglass",
  refusing: "cloud-off",
};

const RECOVERED_MS = 4_000;

/** Says over all pages that the server is of no help at the moment, and that it is again. */
export function Banner({ trouble }: { trouble: Trouble | undefined }): JSX.Element {
  const words = useWords(frameWords);
  const before = useRef(trouble);
  const [recovered, setRecovered] = useState(false);
  useEffect(() => {
    const ended = before.current !== undefined && before.current !== "slow" && trouble === undefined;
    before.current = trouble;
    setRecovered(ended);
    if (!ended) return;
    const timer = setTimeout(() => setRecovered(false), RECOVERED_MS);
    return () => clearTimeout(timer);
  }, [trouble]);
  return (
    <div role="status">
      {trouble !== undefined && (
        <p class={trouble === "slow" ? "banner slow" : "banner"}>
          <Icon name={ICONS[trouble]} /> {words.trouble[trouble]}
        </p>
      )}
      {trouble === undefined && recovered && (
        <p class="banner recovered">
          <Icon name="circle-check" /> {words.recovered}
        </p>
      )}
    </div>
  );
}
