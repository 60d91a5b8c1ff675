import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../../ui/basics/button.tsx";
import { Checkbox } from "../../../ui/form/choices.tsx";
import { useWords } from "../../../ui/locale.tsx";
import { Note } from "../../../ui/page/note.tsx";
import { CopyButton } from "./copy-button.tsx";
import { accountWords } from "./words.ts";

interface Props {
  codes: readonly string[];
  /** The line of the file above the codes: whose they are. */
  owner: string;
  onDone: () => void;
}

/** New backup codes, which are shown once: to be copied, printed or downloaded. */
export function BackupCodes({ codes, owner, onDone }: Props): JSX.Element {
  const { backup } = useWords(accountWords);
  const [kept, setKept] = useState(false);
  const [missing, setMissing] = useState(false);
  const text = codes.join("\n");
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`${owner}\n\n${text}\n`)}`;
  return (
    <div class="form">
      <p>{backup.lead}</p>
      <ul class="backup-codes" aria-label={backup.list}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div class="row">
        <CopyButton text={text} />
        <Button icon="scroll-text" onClick={() => print()}>
          {backup.print}
        </Button>
        <a class="button plain" href={file} download={backup.file}>
          {backup.download}
        </a>
      </div>
      <Checkbox label={backup.kept} checked={kept} onChange={setKept} />
      {missing && !kept && (
        <Note tone="warn" live>
          {backup.keptMissing}
        </Note>
      )}
      <Button kind="primary" onClick={() => (kept ? onDone() : setMissing(true))}>
        {backup.done}
      </Button>
    </div>
  );
}
