import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Mark } from "../../ui/basics/mark.tsx";
import { useUi } from "../../ui/context.tsx";
import { useWords } from "../../ui/locale.tsx";
import { usePreferences } from "../../ui/preferences-context.tsx";
import { signInWords } from "./words.ts";
import "./sign-in.css";

interface Props {
  title: string;
  lead?: string | undefined;
  /** Links below the form. */
  links?: ComponentChildren;
  children: ComponentChildren;
}

/** A step before the sign-in: the club, one card, the language. Its first empty field takes the focus. */
export function Box({ title, lead, links, children }: Props): JSX.Element {
  const { club } = useUi();
  const words = useWords(signInWords);
  const { language, setLanguage } = usePreferences();
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = `${title} – ${club.name}`;
    const fields = [...(main.current?.querySelectorAll<HTMLInputElement>("input:not([readonly])") ?? [])];
    (fields.find(({ value }) => value === "") ?? main.current?.querySelector<HTMLElement>("h1"))?.focus();
  }, [title]);
  const other = language === "de" ? "en" : "de";
  return (
    <div class="sign-in">
      <main ref={main}>
        <div class="brand">
          <Mark />
          <span>
            Taktwerk
            <small>{club.name}</small>
          </span>
        </div>
        <section class="card">
          <h1 tabIndex={-1}>{title}</h1>
          {lead && <p class="lead">{lead}</p>}
          {children}
          {links && <p class="links">{links}</p>}
        </section>
      </main>
      <footer>
        <button type="button" lang={other} onClick={() => setLanguage(other)}>
          {other === "de" ? "Deutsch" : "English"}
        </button>
        <span>{words.help}</span>
      </footer>
    </div>
  );
}
