import type { JSX } from "preact";
import type { Scheme } from "../../preferences.ts";
import { Avatar } from "../../ui/basics/avatar.tsx";
import { Icon } from "../../ui/basics/icon.tsx";
import type { IconName } from "../../ui/basics/icon-names.ts";
import { useUi } from "../../ui/context.tsx";
import { useWords } from "../../ui/locale.tsx";
import { Menu } from "../../ui/overlay/menu.tsx";
import { usePreferences } from "../../ui/preferences-context.tsx";
import { frameWords } from "../../words/frame.ts";

const SCHEMES: readonly (readonly [Scheme, IconName])[] = [
  ["auto", "monitor"],
  ["light", "sun"],
  ["dark", "moon"],
];

interface Props {
  signOut(): void;
  /** Only the picture, in the top bar of a phone. */
  short?: boolean;
}

/** Who is signed in, and their choices. */
export function AccountMenu({ signOut, short = false }: Props): JSX.Element | null {
  const { operator } = useUi();
  const words = useWords(frameWords);
  const { language, scheme, setLanguage, setScheme } = usePreferences();
  if (operator === null) return null;
  const role = words.roles[operator.role];
  return (
    <Menu
      label={`${words.account}: ${operator.name}, ${role}`}
      buttonClass={short ? "me short" : "me"}
      groups={[
        [{ label: words.myAccount, icon: "circle-user", href: "/settings/account" }],
        [
          { label: "Deutsch", icon: "languages", checked: language === "de", onSelect: () => setLanguage("de") },
          { label: "English", icon: "languages", checked: language === "en", onSelect: () => setLanguage("en") },
        ],
        SCHEMES.map(([name, icon]) => ({
          label: words.colours[name],
          icon,
          checked: scheme === name,
          onSelect: () => setScheme(name),
        })),
        [{ label: words.signOut, icon: "log-out", onSelect: signOut }],
      ]}
    >
      <Avatar name={operator.name} />
      {!short && (
        <>
          <span class="who">
            {operator.name} <small>{role}</small>
          </span>
          <Icon name="chevrons-up-down" />
        </>
      )}
    </Menu>
  );
}
