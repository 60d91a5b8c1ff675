import type { JSX } from "preact";
import { ButtonLink } from "../../../ui/basics/button.tsx";
import { EmptyState } from "../../../ui/data/empty-state.tsx";
import { useWords } from "../../../ui/locale.tsx";
import { PageHeader } from "../../../ui/page/page-header.tsx";
import { words } from "../words.ts";

/** Stands where the page of a job would be. */
export function UnknownJob(): JSX.Element {
  const w = useWords(words);
  return (
    <>
      <PageHeader title={w.title} />
      <EmptyState icon="search" title={w.unknownJob} action={<ButtonLink href="/runs">{w.allJobs}</ButtonLink>}>
        {w.unknownJobText}
      </EmptyState>
    </>
  );
}
