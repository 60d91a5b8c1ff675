import { attempt, describeClick, here, on } from "./page.ts";

/** What this module uses of the tracker. */
interface Tracker {
  trackPageView(): void;
  trackEvent(type: string, data: Record<string, unknown>): void;
  trackFormSubmission(form: HTMLFormElement): void;
}

/** Starts recording page views, clicks and form submissions. */
export function watch(tracker: Tracker): void {
  let url = here();
  const view = () => tracker.trackPageView();
  const moved = () => {
    if (url === here()) return;
    url = here();
    view();
  };

  if (!document.prerendering) view();
  on("prerenderingchange", view);
  on("popstate", moved);
  on("pageshow", (event) => event.persisted && view());
  on("click", (event) => {
    const click = describeClick(event);
    if (click) tracker.trackEvent("click", click);
  });
  on("submit", (event) => tracker.trackFormSubmission(event.target as HTMLFormElement));
  for (const name of ["pushState", "replaceState"] as const) {
    attempt(() => {
      const original = history[name];
      history[name] = function (...change) {
        const result = original.apply(this, change);
        moved();
        return result;
      };
    });
  }
}
