import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ApiToken } from "../../../client/generated/types.ts";
import { ROLES, type Role } from "../../operator.ts";
import { Button } from "../../ui/basics/button.tsx";
import { StatusPill } from "../../ui/basics/status-pill.tsx";
import { Time } from "../../ui/basics/time.tsx";
import { useUi } from "../../ui/context.tsx";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { type Column, Table } from "../../ui/data/table.tsx";
import { RadioGroup } from "../../ui/form/choices.tsx";
import { DateInput } from "../../ui/form/date-input.tsx";
import { Form } from "../../ui/form/form.tsx";
import { TextInput } from "../../ui/form/text-input.tsx";
import { useWords } from "../../ui/locale.tsx";
import { Dialog } from "../../ui/overlay/dialog.tsx";
import { Card } from "../../ui/page/card.tsx";
import { Note } from "../../ui/page/note.tsx";
import { useAction } from "../../ui/use-action.ts";
import { useApi } from "../../ui/use-api.ts";
import { CopyButton } from "../shared/account/copy-button.tsx";
import { useFaultText } from "../shared/account/faults.ts";
import { accountWords } from "../shared/account/words.ts";
import { ConfirmDialog } from "../shared/confirm-dialog.tsx";
import { accountsWords } from "./words/accounts.ts";
import { settingsWords } from "./words/settings.ts";

/** The tokens of programs. */
export function TokensSection(): JSX.Element {
  const { tokens: words, ...shared } = useWords(accountsWords);
  const { roles } = useWords(accountWords);
  const { failed } = useWords(settingsWords);
  const tokens = useApi((client, options) => client.listApiTokens({}, options), "tokens");
  const [isCreating, setCreating] = useState(false);
  const [revoked, setRevoked] = useState<ApiToken | undefined>(undefined);
  const create = (
    <Button small kind="primary" icon="plus" onClick={() => setCreating(true)}>
      {words.create}
    </Button>
  );
  const columns: Column<ApiToken>[] = [
    {
      key: "name",
      head: shared.name,
      cell: ({ name, hint }) => (
        <>
          <b>{name}</b> <code>…{hint}</code>
        </>
      ),
    },
    { key: "state", head: shared.state, phone: "state", cell: (token) => <TokenState token={token} /> },
    { key: "role", head: shared.role, cell: ({ role }) => roles[role] },
    {
      key: "used",
      head: words.used,
      cell: ({ lastUsedAt }) => (lastUsedAt === null ? words.unused : <Time of={lastUsedAt} as="relative" />),
    },
    {
      key: "ends",
      head: words.ends,
      cell: ({ expiresAt }) => (expiresAt === null ? words.endless : <Time of={expiresAt} as="day" />),
    },
    {
      key: "created",
      head: words.created,
      cell: ({ createdAt, createdBy }) => (
        <>
          <Time of={createdAt} as="day" /> {createdBy && <small>({createdBy})</small>}
        </>
      ),
    },
    {
      key: "actions",
      head: shared.actions,
      phone: "actions",
      cell: (token) =>
        token.revokedAt === null && (
          <Button small onClick={() => setRevoked(token)}>
            {words.revoke}
          </Button>
        ),
    },
  ];
  return (
    <div class="settings wide">
      <Card title={words.title} hint={words.text} actions={create} flush>
        <Reading reading={tokens} failed={failed} shape="rows">
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState icon="key-round" title={words.none} />
            ) : (
              <Table caption={words.title} columns={columns} rows={items} keyOf={({ id }) => id} />
            )
          }
        </Reading>
      </Card>
      {isCreating && <CreateDialog onClose={() => setCreating(false)} />}
      {revoked && (
        <ConfirmDialog
          title={words.revokeOf(revoked.name)}
          confirm={words.revoke}
          danger
          send={(client) => client.revokeApiToken({ id: revoked.id })}
          done={() => words.revoked(revoked.name)}
          onClose={() => setRevoked(undefined)}
        >
          <p>{words.revokeText}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}

function TokenState({ token: { revokedAt, expiresAt } }: { token: ApiToken }): JSX.Element {
  const { tokens: words } = useWords(accountsWords);
  if (revokedAt !== null) return <StatusPill tone="neutral">{words.revokedPill}</StatusPill>;
  if (expiresAt !== null && new Date(expiresAt) < new Date()) {
    return <StatusPill tone="neutral">{words.expiredPill}</StatusPill>;
  }
  return <StatusPill tone="ok">{words.valid}</StatusPill>;
}

function CreateDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const { client, reload } = useUi();
  const { tokens: words, role: roleLabel } = useWords(accountsWords);
  const { roles, may } = useWords(accountWords);
  const faultText = useFaultText();
  const { busy, error, run } = useAction();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const [day, setDay] = useState("");
  const [token, setToken] = useState<string | undefined>(undefined);
  const create = async () => {
    const expiresAt = day === "" ? undefined : `${day}T23:59:59Z`;
    const created = await run(() => client.createApiToken({ body: { name: name.trim(), role, expiresAt } }));
    if (!created) return;
    setToken(created.answer.token);
    reload();
  };
  return (
    <Dialog title={words.create} onClose={onClose} busy={busy}>
      {token !== undefined ? (
        <div class="form">
          <Note tone="warn" live>
            {words.shown}
          </Note>
          <code class="token-once">{token}</code>
          <CopyButton text={token} />
        </div>
      ) : (
        <Form onSubmit={() => void create()}>
          {error && (
            <Note tone="bad" live>
              {faultText(error)}
            </Note>
          )}
          <TextInput
            label={words.name}
            hint={words.nameHint}
            focused
            value={name}
            onChange={setName}
            check={(entered) => (entered.trim() === "" ? words.nameMissing : undefined)}
          />
          <RadioGroup
            label={roleLabel}
            value={role}
            onChange={setRole}
            options={ROLES.map((value) => ({ value, label: roles[value], hint: may[value] }))}
          />
          <DateInput
            label={words.expires}
            optional
            value={day}
            onChange={setDay}
            check={(entered) =>
              entered !== "" && Date.parse(`${entered}T23:59:59Z`) < Date.now() ? words.expiresPast : undefined
            }
          />
          <Button type="submit" kind="primary" busy={busy}>
            {words.submit}
          </Button>
        </Form>
      )}
    </Dialog>
  );
}
