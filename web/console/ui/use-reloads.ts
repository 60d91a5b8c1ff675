import { useCallback, useEffect, useRef, useState } from "preact/hooks";

const EVERY_MS = 60_000;

/** Counts reloads: by hand, and every minute while the page is visible. */
export function useReloads(on: boolean): { reloads: number; reload: () => void } {
  const [reloads, setReloads] = useState(0);
  const last = useRef(Date.now());
  const reload = useCallback(() => {
    last.current = Date.now();
    setReloads((count) => count + 1);
  }, []);
  useEffect(() => {
    if (!on) return;
    const look = () => {
      if (document.visibilityState === "visible" && Date.now() - last.current >= EVERY_MS) reload();
    };
    const timer = setInterval(look, 1_000);
    // Returning to the tab reloads old data at once.
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [on, reload]);
  return { reloads, reload };
}
