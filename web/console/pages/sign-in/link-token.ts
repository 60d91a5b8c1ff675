import { useState } from "preact/hooks";

/**
 * The token behind `#token=` of a link from a mail. It is taken out of the address at once, so that it does not stay in the history
 * and in bookmarks.
 */
export function useLinkToken(): string {
  const [token] = useState(() => {
    const found = new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
    if (found !== "") history.replaceState(history.state, "", location.pathname);
    return found;
  });
  return token;
}
