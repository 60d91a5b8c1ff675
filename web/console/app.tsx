import type { JSX } from "preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { createClient } from "../client/client.ts";
import { Console } from "./console.tsx";
import { formatOf } from "./format.ts";
import { keepLanguage, keepScheme, readLanguage, readScheme } from "./preferences.ts";
import { forgetToken, keepToken, readToken } from "./session.ts";
import { SignIn } from "./sign-in.tsx";
import type { Action } from "./ui/action.ts";
import { type Ui, UiContext } from "./ui/context.tsx";
import { ConfirmDialog } from "./ui/dialog.tsx";
import { useDark } from "./ui/scheme.ts";
import { useReloads } from "./ui/use-reloads.ts";
import { de } from "./words/de.ts";
import { en } from "./words/en.ts";

/** The console: sign-in or the tabs, with language, colours and the confirmation dialog. */
export function App(): JSX.Element {
  const [token, setToken] = useState(readToken);
  const [refusal, setRefusal] = useState<number | undefined>(undefined);
  const [language, setLanguage] = useState(readLanguage);
  const [scheme, setScheme] = useState(readScheme);
  const [action, setAction] = useState<Action | undefined>(undefined);
  const [loadedAt, setLoadedAt] = useState<string | undefined>(undefined);
  const dark = useDark(scheme);
  const { reloads, reload } = useReloads(token !== undefined && action === undefined);
  const words = language === "de" ? de : en;
  const format = useMemo(() => formatOf(language), [language]);
  const client = useMemo(() => createClient({ token }), [token]);

  useEffect(() => {
    document.documentElement.lang = language;
    keepLanguage(language);
  }, [language]);
  useEffect(() => keepScheme(scheme), [scheme]);

  const signIn = (entered: string) => {
    keepToken(entered);
    setRefusal(undefined);
    setToken(entered);
  };
  const signOut = useCallback((status?: number) => {
    forgetToken();
    setRefusal(status);
    setToken(undefined);
    setAction(undefined);
  }, []);
  const loaded = useCallback(() => setLoadedAt(new Date().toISOString()), []);
  const ended = (sent: boolean) => {
    setAction(undefined);
    if (sent) reload();
  };

  const ui: Ui = {
    ...{ words, format, language, scheme, dark, reloads, reload, loaded },
    token,
    club: { name: "Taktwerk", timezone: Intl.DateTimeFormat().resolvedOptions().timeZone },
    operator: null,
    can: () => true, // the admin token may do everything
    client,
    refused: signOut,
    ask: setAction,
  };
  const switches = { setLanguage, setScheme };
  return (
    <UiContext.Provider value={ui}>
      {token === undefined ? (
        <SignIn refusal={refusal} signIn={signIn} switches={switches} />
      ) : (
        <Console signOut={() => signOut()} loadedAt={loadedAt} switches={switches} />
      )}
      {action && <ConfirmDialog action={action} close={ended} />}
    </UiContext.Provider>
  );
}
