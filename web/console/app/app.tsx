import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { LocationProvider } from "preact-iso/router";
import { createClient } from "../../client/client.ts";
import { includesRole } from "../operator.ts";
import { keepLanguage, keepScheme, type Language, readLanguage, readScheme } from "../preferences.ts";
import { CONSOLE_LINKS } from "../routing/paths.ts";
import { type Ui, UiContext } from "../ui/context.tsx";
import { LocaleProvider } from "../ui/locale.tsx";
import { ToastProvider } from "../ui/overlay/toast.tsx";
import { PreferencesContext } from "../ui/preferences-context.tsx";
import { useDark } from "../ui/scheme.ts";
import { useReloads } from "../ui/use-reloads.ts";
import { type Trouble, watchConnection } from "./connection.ts";
import { Start } from "./start.tsx";
import { useSession } from "./use-session.ts";

/** Answers at once whether the server works, without a session too. */
const probe = () => fetch("/api/auth/session");

/** The console: whose session it is, in which language and colours, and how the server does. */
export function App(): JSX.Element {
  const [language, setLanguage] = useState(readLanguage);
  const [scheme, setScheme] = useState(readScheme);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const dark = useDark(scheme);
  const connection = useMemo(() => watchConnection(probe), []);
  const client = useMemo(() => createClient({ fetch: connection.fetch }), [connection]);
  const { session, error, refresh } = useSession(client);
  const operator = session?.secondFactor === "verified" ? session.operator : null;
  const { reloads, reload } = useReloads(operator !== null);

  useEffect(() => {
    document.documentElement.lang = language;
    keepLanguage(language);
  }, [language]);
  useEffect(() => keepScheme(scheme), [scheme]);
  // The account's language counts on every device.
  useEffect(() => {
    if (operator !== null) setLanguage(operator.language);
  }, [operator?.id, operator?.language]);
  useEffect(
    () =>
      connection.watch((next) => {
        setTrouble(next);
        if (next !== undefined) return;
        void refresh();
        reload();
      }),
    [connection, refresh, reload],
  );

  const preferences = {
    ...{ language, scheme, setScheme },
    setLanguage: (chosen: Language) => {
      setLanguage(chosen);
      if (operator !== null) client.updateAccount({ body: { language: chosen } }).then(refresh, () => undefined);
    },
  };
  const club = session?.club ?? { name: "Taktwerk", timezone: "UTC" };
  const ui: Ui = {
    ...{ club, operator, client, reloads, reload },
    can: (role) => operator !== null && includesRole(operator.role, role),
    sessionLost: () => void refresh(),
  };
  return (
    <PreferencesContext.Provider value={preferences}>
      <UiContext.Provider value={ui}>
        <LocaleProvider language={language} zone={club.timezone} dark={dark}>
          <ToastProvider>
            <LocationProvider scope={CONSOLE_LINKS}>
              <Start session={session} error={error} trouble={trouble} refresh={refresh} />
            </LocationProvider>
          </ToastProvider>
        </LocaleProvider>
      </UiContext.Provider>
    </PreferencesContext.Provider>
  );
}
