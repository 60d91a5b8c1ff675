import type { JSX } from "preact";

export default function MembersPage(): JSX.Element {
  return <h1>Members</h1>;
}
