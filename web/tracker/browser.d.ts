/** Properties of browsers that TypeScript's DOM library lacks. */
interface Window {
  doNotTrack?: string;
}
interface Navigator {
  globalPrivacyControl?: boolean;
}
interface Document {
  prerendering?: boolean;
}
interface WindowEventMap {
  prerenderingchange: Event;
  visibilitychange: Event;
}
