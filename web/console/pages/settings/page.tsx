import type { ComponentType, JSX } from "preact";
import type { Role } from "../../operator.ts";
import type { PageProps } from "../../routing/page.ts";
import { useUi } from "../../ui/context.tsx";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { Tabs } from "../../ui/form/segmented.tsx";
import { useWords } from "../../ui/locale.tsx";
import { PageHeader } from "../../ui/page/page-header.tsx";
import { AccountSection } from "./account.tsx";
import { AuditSection } from "./audit.tsx";
import { OperatorsSection } from "./operators.tsx";
import { SystemSection } from "./system.tsx";
import { TokensSection } from "./tokens.tsx";
import { settingsWords } from "./words/settings.ts";
import "../sign-in/sign-in.css";
import "./settings.css";

type Section = "account" | "operators" | "tokens" | "audit" | "system";

type Entry = readonly [Section, Role, ComponentType];

const ACCOUNT: Entry = ["account", "viewer", AccountSection];

const SECTIONS: readonly Entry[] = [
  ACCOUNT,
  ["operators", "admin", OperatorsSection],
  ["tokens", "admin", TokensSection],
  ["audit", "admin", AuditSection],
  ["system", "viewer", SystemSection],
];

/** The own account for everyone; accounts, tokens and the audit log for administrators. */
export default function SettingsPage({ params }: PageProps): JSX.Element {
  const { can } = useUi();
  const words = useWords(settingsWords);
  const [section, role, Content] = SECTIONS.find(([name]) => name === params.section) ?? ACCOUNT;
  return (
    <>
      <PageHeader title={params.section ? words.sections[section] : words.title} zone />
      <Tabs
        label={words.title}
        tabs={SECTIONS.filter(([, required]) => can(required)).map(([name]) => ({
          href: `/settings/${name}`,
          label: words.sections[name],
          current: name === section,
        }))}
      />
      {can(role) ? (
        <Content />
      ) : (
        <EmptyState icon="lock" title={words.forbidden.title}>
          {words.forbidden.text}
        </EmptyState>
      )}
    </>
  );
}
