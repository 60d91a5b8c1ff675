import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../../ui/basics/button.tsx";
import { DateInput } from "../../../ui/form/date-input.tsx";
import { FieldRow, Form } from "../../../ui/form/form.tsx";
import { InlineSelect, Select } from "../../../ui/form/select.tsx";
import { SearchInput, TextArea, TextInput } from "../../../ui/form/text-input.tsx";
import { useToast } from "../../../ui/overlay/toast.tsx";
import { Row } from "../../../ui/page/grid.tsx";

export function WholeForm(): JSX.Element {
  const toast = useToast();
  const [email, setEmail] = useState("emma@");
  const [name, setName] = useState("");
  const [role, setRole] = useState<"viewer" | "staff" | "admin">("staff");
  const [until, setUntil] = useState("2027-01-04");
  const [note, setNote] = useState("");
  const checkEmail = (value: string) => (/@.+/.test(value) ? undefined : "Something is missing after the @.");
  const checkName = (value: string) => (value.trim() ? undefined : "Enter the name.");
  return (
    <Form label="Invite a colleague" onSubmit={() => toast({ text: `${email} was invited.` })}>
      <FieldRow>
        <TextInput label="Name" value={name} onChange={setName} check={checkName} autocomplete="off" />
        <TextInput label="E-mail" type="email" value={email} onChange={setEmail} check={checkEmail} />
      </FieldRow>
      <FieldRow>
        <Select
          label="Role"
          value={role}
          onChange={setRole}
          hint="Staff changes bookings and members."
          options={[
            ["viewer", "Viewer"],
            ["staff", "Staff"],
            ["admin", "Admin"],
          ]}
        />
        <DateInput label="Access until" value={until} onChange={setUntil} optional />
      </FieldRow>
      <TextArea label="Message" value={note} onChange={setNote} optional />
      <Row>
        <Button kind="primary" type="submit">
          Invite
        </Button>
      </Row>
    </Form>
  );
}

export function FieldStates(): JSX.Element {
  const [capacity, setCapacity] = useState("8");
  const [query, setQuery] = useState("");
  const [span, setSpan] = useState<"30" | "90">("30");
  return (
    <>
      <FieldRow>
        <TextInput label="Capacity" value={capacity} onChange={setCapacity} unit="places" changed />
        <TextInput label="E-mail" value="emma@" onChange={() => undefined} error="Something is missing after the @." />
        <TextInput label="Key" value="wk_1834" onChange={() => undefined} disabled hint="Made when it was created." />
      </FieldRow>
      <Row>
        <SearchInput label="Name, e-mail, phone" value={query} onChange={setQuery} />
        <InlineSelect
          label="Span"
          value={span}
          onChange={setSpan}
          options={[
            ["30", "30 days"],
            ["90", "90 days"],
          ]}
        />
      </Row>
    </>
  );
}
