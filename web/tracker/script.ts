import { OneVaultTracker } from "./tracker.ts";

const page = window as { OneVaultTracker?: typeof OneVaultTracker };
const script = document.currentScript as HTMLScriptElement | null;

/** The script of a script tag: sets the global class and starts a tracker with the tag's attributes. A second tag does nothing. */
if (!page.OneVaultTracker) {
  page.OneVaultTracker = OneVaultTracker;
  if (script?.dataset.customerId) {
    const { dataset: settings, src } = script;
    const tracker = new OneVaultTracker({
      apiBaseUrl: settings.api ?? src.split("/", 3).join("/"),
      customerId: settings.customerId as string,
      apiToken: settings.key as string,
      useAsync: "async" in settings,
      enableDebug: "debug" in settings,
    });
    OneVaultTracker.instance = tracker;
    tracker.enableAutoTracking();
  }
}
