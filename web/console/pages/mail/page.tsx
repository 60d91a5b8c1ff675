import type { JSX } from "preact";

export default function MailPage(): JSX.Element {
  return <h1>Mail</h1>;
}
