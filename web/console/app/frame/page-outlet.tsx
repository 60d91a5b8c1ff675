import type { JSX } from "preact";
import { exec, useLocation } from "preact-iso/router";
import { PATHS, type PageName } from "../../routing/paths.ts";
import { ButtonLink } from "../../ui/basics/button.tsx";
import { EmptyState } from "../../ui/data/empty-state.tsx";
import { useWords } from "../../ui/locale.tsx";
import { frameWords } from "../../words/frame.ts";
import { Lazy } from "../lazy.tsx";
import { PAGES } from "../pages.ts";
import { ErrorBoundary } from "./error-boundary.tsx";

const NAMES = Object.keys(PAGES) as PageName[];

/** The page of the address. */
export function PageOutlet(): JSX.Element {
  const { path } = useLocation();
  for (const name of NAMES) {
    const params = exec(path, PATHS[name])?.params;
    if (params === undefined) continue;
    return (
      <ErrorBoundary key={path}>
        <Lazy key={name} load={PAGES[name]} props={{ params }} />
      </ErrorBoundary>
    );
  }
  return <MissingPage />;
}

function MissingPage(): JSX.Element {
  const { missing } = useWords(frameWords);
  return (
    <>
      <h1 class="unseen" tabIndex={-1} data-page-title>
        {missing.title}
      </h1>
      <EmptyState icon="search" title={missing.title} action={<ButtonLink href="/">{missing.toOverview}</ButtonLink>}>
        {missing.text}
      </EmptyState>
    </>
  );
}
