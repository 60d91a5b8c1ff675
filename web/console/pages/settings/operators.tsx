import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Operator } from "../../../client/generated/types.ts";
import { ROLES, type Role } from "../../operator.ts";
import { Button } from "../../ui/basics/button.tsx";
import { StatusPill } from "../../ui/basics/status-pill.tsx";
import { Time } from "../../ui/basics/time.tsx";
import { useUi } from "../../ui/context.tsx";
import { Reading } from "../../ui/data/reading.tsx";
import { type Column, Table } from "../../ui/data/table.tsx";
import { RadioGroup } from "../../ui/form/choices.tsx";
import { useWords } from "../../ui/locale.tsx";
import { Menu } from "../../ui/overlay/menu.tsx";
import { Card } from "../../ui/page/card.tsx";
import { useApi } from "../../ui/use-api.ts";
import { accountWords } from "../shared/account/words.ts";
import { ConfirmDialog } from "../shared/confirm-dialog.tsx";
import { InvitationsCard } from "./invitations.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { accountsWords } from "./words/accounts.ts";
import { settingsWords } from "./words/settings.ts";

type Change = { kind: "role" | "disable" | "enable"; operator: Operator };

/** All accounts: who may do what, and who is invited. */
export function OperatorsSection(): JSX.Element {
  const { operator: self } = useUi();
  const words = useWords(accountsWords);
  const { roles } = useWords(accountWords);
  const { failed } = useWords(settingsWords);
  const operators = useApi((client, options) => client.listOperators({}, options), "operators");
  const [change, setChange] = useState<Change | undefined>(undefined);
  const [isInviting, setInviting] = useState(false);
  const columns: Column<Operator>[] = [
    {
      key: "name",
      head: words.name,
      cell: ({ id, name, email }) => (
        <>
          <b>{name}</b> {id === self?.id && `(${words.you})`}
          <br />
          <small>{email}</small>
        </>
      ),
    },
    {
      key: "state",
      head: words.state,
      phone: "state",
      cell: ({ disabledAt, hasSecondFactor }) =>
        disabledAt !== null ? (
          <StatusPill tone="neutral">{words.disabled}</StatusPill>
        ) : hasSecondFactor ? (
          <StatusPill tone="ok">{words.active}</StatusPill>
        ) : (
          <StatusPill tone="warn">{words.noFactor}</StatusPill>
        ),
    },
    { key: "role", head: words.role, cell: ({ role }) => roles[role] },
    {
      key: "seen",
      head: words.seen,
      cell: ({ lastSeenAt }) => (lastSeenAt === null ? words.never : <Time of={lastSeenAt} as="day" />),
    },
    {
      key: "actions",
      head: words.actions,
      phone: "actions",
      cell: (operator) => (
        <Menu
          label={`${words.actions}: ${operator.name}`}
          groups={[
            [
              { label: words.changeRole, icon: "shield", onSelect: () => setChange({ kind: "role", operator }) },
              operator.disabledAt === null
                ? {
                    label: words.disable,
                    icon: "user-x",
                    danger: true,
                    disabled: operator.id === self?.id,
                    onSelect: () => setChange({ kind: "disable", operator }),
                  }
                : { label: words.enable, icon: "user", onSelect: () => setChange({ kind: "enable", operator }) },
            ],
          ]}
        />
      ),
    },
  ];
  return (
    <div class="settings wide">
      <Card
        title={words.operators}
        flush
        actions={
          <Button small kind="primary" icon="user-plus" onClick={() => setInviting(true)}>
            {words.invite}
          </Button>
        }
      >
        <Reading reading={operators} failed={failed} shape="rows">
          {({ items }) => <Table caption={words.operators} columns={columns} rows={items} keyOf={({ id }) => id} />}
        </Reading>
      </Card>
      <InvitationsCard />
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
      {change && <ChangeDialog {...change} onClose={() => setChange(undefined)} />}
    </div>
  );
}

function ChangeDialog({ kind, operator, onClose }: Change & { onClose: () => void }): JSX.Element {
  const words = useWords(accountsWords);
  const { roles, may, ...account } = useWords(accountWords);
  const [role, setRole] = useState<Role>(operator.role);
  const { id, name } = operator;
  if (kind === "role") {
    return (
      <ConfirmDialog
        title={words.changeRoleOf(name)}
        confirm={words.changeRole}
        send={(client) => client.updateOperator({ id, body: { role } })}
        done={() => words.roleChanged(name, roles[role])}
        onClose={onClose}
      >
        <RadioGroup
          label={words.role}
          value={role}
          onChange={setRole}
          options={ROLES.map((value) => ({ value, label: roles[value], hint: may[value] }))}
        />
      </ConfirmDialog>
    );
  }
  const isDisabling = kind === "disable";
  return (
    <ConfirmDialog
      title={isDisabling ? words.disableOf(name) : words.enableOf(name)}
      confirm={isDisabling ? words.disable : words.enable}
      danger={isDisabling}
      send={(client) => client.updateOperator({ id, body: { disabled: isDisabling } })}
      done={() => (isDisabling ? words.wasDisabled(name) : words.wasEnabled(name))}
      onClose={onClose}
    >
      <p>
        {account.email}: {operator.email}
      </p>
      <p>{isDisabling ? words.disableText : words.enableText}</p>
    </ConfirmDialog>
  );
}
