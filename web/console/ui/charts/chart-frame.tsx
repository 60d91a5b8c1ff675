import type { ComponentChildren, JSX, TargetedKeyboardEvent, TargetedPointerEvent } from "preact";
import { useState } from "preact/hooks";
import { NONE } from "../format.ts";
import { useLocale, useWords } from "../locale.tsx";
import { words } from "../words.ts";
import { type ChartProps, type Colour, isDate, type Scale, ticksOf } from "./series.ts";

/** A series as the legend, the tooltip and the table know it. */
export interface Shown {
  label: string;
  values: readonly (number | null)[];
  colour: Colour;
  look: "line" | "previous" | "bar" | "hatched";
}

interface Props extends ChartProps {
  shown: readonly Shown[];
  /** From this place on, values are not final. */
  provisionalFrom?: number | undefined;
  /** More words in the tooltip of a place. */
  noteOf?: ((place: number) => string | undefined) | undefined;
  scale: Scale;
  /** Bars stand between the places, lines on them. */
  between?: boolean | undefined;
  children: ComponentChildren;
}

/** Around every chart: legend, axes, tooltip by pointer and arrow keys, and the same numbers as a table. */
export function ChartFrame(props: Props): JSX.Element {
  const { title, labels, shown, value, scale, height = 160, bare, between, provisionalFrom, noteOf, children } = props;
  const texts = useWords(words);
  const { format } = useLocale();
  const [table, setTable] = useState(false);
  const [pointed, setPointed] = useState<number | undefined>(undefined);
  const count = labels.length;
  const name = (place: number, long = false) => {
    const label = labels[place] ?? "";
    return isDate(label) ? (long ? format.day(label) : format.shortDay(label)) : label;
  };
  const shareOf = (place: number) => (between ? (place + 0.5) / count : count > 1 ? place / (count - 1) : 0.5);
  const written = (number: number | null | undefined) =>
    number === null || number === undefined ? NONE : value(number);
  const axis = Math.max(24, ...scale.lines.map((line) => 8 + 6.4 * value(line).length));

  const point = (event: TargetedPointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - left) / width;
    const place = between ? Math.floor(share * count) : Math.round(share * (count - 1));
    setPointed(Math.max(0, Math.min(count - 1, place)));
  };
  const move = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
    const next = { ArrowLeft: (pointed ?? count) - 1, ArrowRight: (pointed ?? -1) + 1, Home: 0, End: count - 1 }[
      event.key
    ];
    if (event.key === "Escape" && pointed !== undefined) setPointed(undefined);
    else if (next !== undefined) setPointed(Math.max(0, Math.min(count - 1, next)));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const summary = `${title}. ${name(0, true)} – ${name(count - 1, true)}. ${shown.map((series) => `${series.label}: ${written(lastOf(series.values))}`).join(", ")}. ${texts.chartHelp}`;

  if (count === 0) return <p class="chart-empty">{texts.noData}</p>;
  return (
    <figure class="chart" style={{ "--axis": `${axis}px`, "--height": `${height}px` }}>
      {table ? (
        <ChartTable {...{ title, labels, shown, name, written }} />
      ) : (
        <>
          <div
            class="chart-plot"
            role="img"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys read the values
            tabIndex={0}
            aria-label={summary}
            onPointerMove={point}
            onPointerDown={point}
            onPointerLeave={() => setPointed(undefined)}
            onBlur={() => setPointed(undefined)}
            onKeyDown={move}
          >
            {scale.lines.map((line) => (
              <span
                key={line}
                class="grid-line"
                style={{ bottom: `${((line - scale.min) / (scale.max - scale.min)) * 100}%` }}
              >
                <span>{value(line)}</span>
              </span>
            ))}
            {children}
            {pointed !== undefined && (
              <>
                <span class="cursor" style={{ left: `${shareOf(pointed) * 100}%` }} />
                <Tip
                  {...{ shown, written, value }}
                  place={pointed}
                  title={name(pointed, true)}
                  share={shareOf(pointed)}
                  note={
                    noteOf?.(pointed) ??
                    (provisionalFrom !== undefined && pointed >= provisionalFrom ? texts.provisional : undefined)
                  }
                />
              </>
            )}
          </div>
          <div class="chart-labels" aria-hidden="true">
            {ticksOf(count, count > 8 ? 3 : Math.min(count, 4)).map((place, nth, ticks) => (
              <span
                key={place}
                class={between ? undefined : nth === 0 ? "first" : nth === ticks.length - 1 ? "last" : undefined}
                style={{ left: `${shareOf(place) * 100}%` }}
              >
                {name(place)}
              </span>
            ))}
          </div>
          <span class="unseen" aria-live="polite">
            {pointed !== undefined &&
              `${name(pointed, true)}: ${shown.map((series) => `${series.label} ${written(series.values[pointed])}`).join(", ")}`}
          </span>
        </>
      )}
      <figcaption class={bare ? "unseen-legend" : undefined}>
        {!bare && !table && (
          <span class="legend">
            {shown.map(({ label, colour, look }) => (
              <span key={label}>
                <Key colour={colour} look={look} />
                {label}
              </span>
            ))}
            {provisionalFrom !== undefined && provisionalFrom < count && (
              <span>
                <Key colour={shown[0]?.colour ?? 1} look="provisional" />
                {texts.provisional}
              </span>
            )}
          </span>
        )}
        <button type="button" class="as-table" onClick={() => setTable(!table)}>
          {table ? texts.asChart : texts.asTable}
        </button>
      </figcaption>
    </figure>
  );
}

const lastOf = (values: readonly (number | null)[]): number | undefined =>
  values.filter((value) => value !== null).at(-1);

function Key({ colour, look }: { colour: Colour; look: Shown["look"] | "provisional" }): JSX.Element {
  return <span class={`key colour-${colour} ${look}`} />;
}

interface TipProps extends Pick<Props, "shown" | "value"> {
  place: number;
  title: string;
  share: number;
  note: string | undefined;
  written: (number: number | null | undefined) => string;
}

function Tip({ shown, value, place, title, share, note, written }: TipProps): JSX.Element {
  const texts = useWords(words);
  const [current, before] = [shown.find(({ look }) => look === "line"), shown.find(({ look }) => look === "previous")];
  const [now, then] = [current?.values[place] ?? null, before?.values[place] ?? null];
  const difference = now === null || then === null ? undefined : now - then;
  return (
    <div class={share > 0.5 ? "chart-tip left" : "chart-tip"} style={{ left: `${share * 100}%` }} aria-hidden="true">
      <b>{title}</b>
      <dl>
        {shown.map(({ label, colour, look, values }) => (
          <div key={label}>
            <dt>
              <Key colour={colour} look={look} />
              {label}
            </dt>
            <dd>{written(values[place])}</dd>
          </div>
        ))}
        {difference !== undefined && (
          <div>
            <dt>{texts.difference}</dt>
            <dd>{`${difference > 0 ? "+" : difference < 0 ? "−" : "±"}${value(Math.abs(difference))}`}</dd>
          </div>
        )}
      </dl>
      {note && <small>{note}</small>}
    </div>
  );
}

interface TableProps extends Pick<Props, "title" | "labels" | "shown"> {
  name: (place: number, long?: boolean) => string;
  written: (number: number | null | undefined) => string;
}

function ChartTable({ title, labels, shown, name, written }: TableProps): JSX.Element {
  return (
    <table class="table chart-table">
      <caption class="unseen">{title}</caption>
      <thead>
        <tr>
          <td />
          {shown.map(({ label }) => (
            <th key={label} scope="col" class="number">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {labels.map((label, place) => (
          <tr key={label}>
            <th scope="row">{name(place, true)}</th>
            {shown.map((series) => (
              <td key={series.label} class="number" data-label={series.label}>
                {written(series.values[place])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
