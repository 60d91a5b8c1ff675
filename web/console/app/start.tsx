import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { ApiError } from "../../client/client.ts";
import type { PresentSession } from "../../client/generated/types.ts";
import { PATHS, pageAfterSignIn } from "../routing/paths.ts";
import { Button } from "../ui/basics/button.tsx";
import { EmptyState } from "../ui/data/empty-state.tsx";
import { Loading } from "../ui/data/loading.tsx";
import { useWords } from "../ui/locale.tsx";
import { words as uiWords } from "../ui/words.ts";
import { frameWords } from "../words/frame.ts";
import type { Trouble } from "./connection.ts";
import { Banner } from "./frame/banner.tsx";
import { Frame } from "./frame/frame.tsx";
import { Lazy } from "./lazy.tsx";

interface Props {
  session: PresentSession | undefined;
  error: ApiError | undefined;
  trouble: Trouble | undefined;
  refresh(): Promise<void>;
}

const SIGN_IN_PATHS: readonly string[] = [PATHS.signIn, PATHS.forgot, PATHS.reset, PATHS.invitation];

const loadSignIn = () => import("../pages/sign-in/sign-in-pages.tsx");

/** Leads to the pages or to the sign-in, and afterwards back to the page that was asked for. */
export function Start({ session, error, trouble, refresh }: Props): JSX.Element {
  const { path, url, query, route } = useLocation();
  const isSignedIn = session?.secondFactor === "verified";
  const isSignInPath = SIGN_IN_PATHS.includes(path);
  const target =
    session === undefined
      ? undefined
      : !isSignedIn && !isSignInPath
        ? `${PATHS.signIn}${url === "/" ? "" : `?next=${encodeURIComponent(url)}`}`
        : isSignedIn && path === PATHS.signIn
          ? pageAfterSignIn(query.next)
          : undefined;
  useEffect(() => {
    if (target !== undefined) route(target, true);
  }, [target]);
  if (session === undefined) return error === undefined ? <Loading /> : <CannotStart refresh={refresh} />;
  if (target !== undefined) return <Loading />;
  if (isSignInPath) {
    return (
      <>
        <Banner trouble={trouble} />
        <Lazy load={loadSignIn} props={{ session, refresh }} />
      </>
    );
  }
  return <Frame refresh={refresh} trouble={trouble} />;
}

function CannotStart({ refresh }: { refresh(): Promise<void> }): JSX.Element {
  const { start } = useWords(frameWords);
  const { tryAgain } = useWords(uiWords);
  return (
    <main class="page">
      <EmptyState
        icon="wifi-off"
        title={start.title}
        action={
          <Button icon="refresh-cw" onClick={() => void refresh()}>
            {tryAgain}
          </Button>
        }
      >
        {start.text}
      </EmptyState>
    </main>
  );
}
