import type { JSX } from "preact";

export default function SitePage(): JSX.Element {
  return <h1>Site</h1>;
}
