import { Fragment, type JSX } from "preact";
import { useWords } from "../../ui/locale.tsx";
import { Grid } from "../../ui/page/grid.tsx";
import { PageHeader } from "../../ui/page/page-header.tsx";
import { PartCard } from "./part.tsx";
import "./parts.css";
import { GROUPS } from "./parts.ts";
import { words } from "./words.ts";

/** Shows every component with the code to use it, for developers. Its examples are in English. */
export default function PartsPage(): JSX.Element {
  const { title, sentence, groups } = useWords(words);
  return (
    <>
      <PageHeader title={title} sentence={sentence} zone />
      {GROUPS.map(([group, parts]) => (
        <Fragment key={group}>
          <h2 class="part-group">{groups[group]}</h2>
          <div lang="en">
            <div class="part-columns">
              {parts
                .filter(({ span }) => span !== 12)
                .map((item) => (
                  <PartCard key={item.name} {...item} />
                ))}
            </div>
            <Grid>
              {parts
                .filter(({ span }) => span === 12)
                .map((item) => (
                  <PartCard key={item.name} {...item} />
                ))}
            </Grid>
          </div>
        </Fragment>
      ))}
    </>
  );
}
