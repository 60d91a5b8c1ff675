import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useUi } from "../../ui/context.tsx";
import { useWords } from "../../ui/locale.tsx";
import { BackupCodes } from "../shared/account/backup-codes.tsx";
import { SetUpSecondFactor } from "../shared/account/set-up-second-factor.tsx";
import { accountWords } from "../shared/account/words.ts";
import { Box } from "./box.tsx";

interface Props {
  email: string;
  password: string | undefined;
  onDone(): void;
}

/** Setting up the second factor, without which a new account may do nothing else, and then its backup codes. */
export function SecondFactorStep({ email, password, onDone }: Props): JSX.Element {
  const { club } = useUi();
  const { setUp, backup } = useWords(accountWords);
  const [codes, setCodes] = useState<string[] | undefined>(undefined);
  return codes === undefined ? (
    <Box title={setUp.title}>
      <SetUpSecondFactor password={password} onDone={setCodes} />
    </Box>
  ) : (
    <Box title={backup.title}>
      <BackupCodes codes={codes} owner={`Taktwerk, ${club.name}, ${email}`} onDone={onDone} />
    </Box>
  );
}
