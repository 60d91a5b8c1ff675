import type { JSX } from "preact";
export default function SearchDialog({ close }: { close(): void }): JSX.Element {
  return (
    <button type="button" onClick={close}>
      x
    </button>
  );
}
