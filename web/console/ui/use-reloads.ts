import { useCallback, useEffect, useRef, useState } from "preact/hooks";

const EVERY_MS = 60_000;

/** Counts the times that everything is to be read anew: by hand, and every minute while somebody can see it. */
export function useReloads(on: boolean): { reloads: number; reload: () => void } {
  const [reloads, setTurn] = useState(0);
  const last = useRef(Date.now());
  const reload = useCallback(() => {
    last.current = Date.now();
    setTurn((count) => count + 1);
  }, []);
  useEffect(() => {
    if (!on) return;
    const look = () => {
      if (document.visibilityState === "visible" && Date.now() - last.current >= EVERY_MS) reload();
    };
    const timer = setInterval(look, 1_000);
    // Who comes back after a while does not want to see what was then.
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [on, reload]);
  return { reloads, reload };
}
