import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { PresentSession } from "../../../client/generated/types.ts";
import { PATHS, pageAfterSignIn } from "../../routing/paths.ts";
import { CodeStep } from "./code-step.tsx";
import { Invitation } from "./invitation.tsx";
import { PasswordStep } from "./password-step.tsx";
import { ForgotPassword, ResetPassword } from "./passwords.tsx";
import { SecondFactorStep } from "./second-factor-step.tsx";

interface Props {
  session: PresentSession;
  refresh(): Promise<void>;
}

type Step = "password" | "code" | "set-up";

/** What follows from a session: a sign-in that was begun goes on. */
const stepOf = ({ secondFactor }: PresentSession): Step =>
  secondFactor === "required" ? "code" : secondFactor === "missing" ? "set-up" : "password";

/** The pages before the sign-in, and its steps. */
export default function SignInPages({ session, refresh }: Props): JSX.Element {
  const { path, query, route } = useLocation();
  const [step, setStep] = useState(() => stepOf(session));
  const [entered, enter] = useState({ email: "", password: "" });
  const [notice, setNotice] = useState<string | undefined>(undefined);
  // A session that ends or begins elsewhere moves this page along, but not the steps within it.
  useEffect(() => setStep(stepOf(session)), [session]);

  const done = async () => {
    await refresh();
    route(pageAfterSignIn(query.next), true);
  };
  if (path === PATHS.forgot) return <ForgotPassword />;
  if (path === PATHS.reset) return <ResetPassword />;
  if (path === PATHS.invitation) return <Invitation onDone={() => void done()} />;
  if (step === "code") {
    const restart = (reason?: string) => {
      enter({ email: entered.email, password: "" });
      setNotice(reason);
      setStep("password");
    };
    return <CodeStep onDone={() => void done()} onRestart={restart} />;
  }
  if (step === "set-up") {
    const email = session.operator?.email ?? entered.email;
    return <SecondFactorStep email={email} password={entered.password || undefined} onDone={() => void done()} />;
  }
  return (
    <PasswordStep
      {...entered}
      canSignIn={session.canSignIn}
      notice={notice}
      enter={enter}
      onStep={(next) => {
        if (next === "signed-in") void done();
        else setStep(next === "second-factor" ? "code" : "set-up");
      }}
    />
  );
}
