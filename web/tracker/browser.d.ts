/** What browsers have and the DOM library does not know. */
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
