import { OneVaultTracker } from "./tracker.ts";

const page = window as { OneVaultTracker?: typeof OneVaultTracker };
const script = document.currentScript as HTMLScriptElement | null;

/** What a script tag loads: sets the global, and starts as the tag says. A second one finds it done. */
if (!page.OneVaultTracker) {
  page.OneVaultTracker = OneVaultTracker;
  if (script?.dataset.customerId) {
    const { dataset: told, src } = script;
    const tracker = new OneVaultTracker({
      apiBaseUrl: told.api ?? src.split("/", 3).join("/"),
      customerId: told.customerId as string,
      apiToken: told.key as string,
      useAsync: "async" in told,
      enableDebug: "debug" in told,
    });
    OneVaultTracker.instance = tracker;
    tracker.enableAutoTracking();
  }
}
