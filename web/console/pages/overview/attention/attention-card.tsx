import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Incident, Overview } from "../../../../client/generated/types.ts";
import { Button, ButtonLink } from "../../../ui/basics/button.tsx";
import { Icon } from "../../../ui/basics/icon.tsx";
import { useUi } from "../../../ui/context.tsx";
import { EmptyState } from "../../../ui/data/empty-state.tsx";
import { useLocale, useWords } from "../../../ui/locale.tsx";
import { Menu, type MenuItem } from "../../../ui/overlay/menu.tsx";
import { Card } from "../../../ui/page/card.tsx";
import type { AcknowledgeDialog } from "../../incidents/acknowledge.tsx";
import { countUnlisted, countWaiting } from "../greeting.ts";
import { AnswerDialog, type Answered } from "./answer-dialog.tsx";
import { type Attention, describe } from "./attention.ts";
import { type AttentionWords, attentionWords } from "./attention-words.ts";

/** More would push everything else off the first screen. */
export const SHOWN = 6;

/** What waits for a person, each with the button that fixes it. */
export function AttentionCard({ overview }: { overview: Overview }): JSX.Element {
  const words = useWords(attentionWords);
  const { format, language } = useLocale();
  const { reload } = useUi();
  const [all, setAll] = useState(false);
  const [opened, setOpened] = useState<Opened | undefined>(undefined);
  const close = () => setOpened(undefined);
  const items = overview.attention.map((item) => describe(item, { words, format, language }));
  const unlisted = countUnlisted(overview);
  if (unlisted > 0) items.push(otherRequests(unlisted, words, format.number));
  const waiting = countWaiting(overview);
  const shown = all ? items : items.slice(0, SHOWN);
  return (
    <Card
      title={words.title}
      count={waiting > 0 ? waiting : undefined}
      span={8}
      flush
      link={{ href: "/incidents", label: words.link }}
    >
      {items.length === 0 ? (
        <EmptyState icon="circle-check" title={words.none}>
          {words.noneNote}
        </EmptyState>
      ) : (
        <ul class="attention">
          {shown.map((item) => (
            <Row key={item.key} item={item} open={setOpened} />
          ))}
        </ul>
      )}
      {shown.length < items.length && (
        <p class="attention-all">
          <Button small kind="quiet" onClick={() => setAll(true)}>
            {words.all(format.number(items.length))}
          </Button>
        </p>
      )}
      {opened && "request" in opened && <AnswerDialog {...opened} onClose={close} />}
      {opened && "incident" in opened && <opened.Dialog incident={opened.incident} onDone={reload} onClose={close} />}
    </Card>
  );
}

/** The thing whose dialog is open. */
type Opened = Answered | { incident: Incident; Dialog: typeof AcknowledgeDialog };

/** Loads the dialog, whose fields the overview does not need otherwise. Without it, the page of the incident has it too. */
async function openAcknowledge(incident: Incident, open: (opened: Opened) => void): Promise<void> {
  try {
    const { AcknowledgeDialog: Dialog } = await import("../../incidents/acknowledge.tsx");
    open({ incident, Dialog });
  } catch {
    location.assign(`/incidents/${incident.id}`);
  }
}

interface RowProps {
  item: Attention;
  open: (opened: Opened) => void;
}

function Row({ item, open }: RowProps): JSX.Element {
  const words = useWords(attentionWords);
  const { can } = useUi();
  const { tone, icon, title, text, meta, remedy, request, incident } = item;
  return (
    <li>
      <span class={`sign ${tone}`}>
        <Icon name={icon} />
      </span>
      <div class="text">
        <h3>{title}</h3>
        {text && <p>{text}</p>}
        {meta && <small>{meta}</small>}
      </div>
      <div class="end">
        {request && can("staff") && (
          <>
            <Button small kind="primary" onClick={() => open({ request, answer: "confirmed" })}>
              {words.confirm}
            </Button>
            <Button small onClick={() => open({ request, answer: "cancelled" })}>
              {words.decline}
            </Button>
          </>
        )}
        {remedy && (
          <ButtonLink small kind={tone === "bad" ? "primary" : "plain"} href={remedy.href}>
            {remedy.label}
          </ButtonLink>
        )}
        {incident && <Menu groups={[menuOf(incident, words, can("staff") ? open : undefined)]} />}
      </div>
    </li>
  );
}

function menuOf(incident: Incident, words: AttentionWords, open: ((opened: Opened) => void) | undefined): MenuItem[] {
  return [
    ...(open === undefined || incident.acknowledged !== null
      ? []
      : [
          {
            label: words.acknowledge,
            icon: "check" as const,
            onSelect: () => void openAcknowledge(incident, open),
          },
        ]),
    { label: words.details, icon: "siren", href: `/incidents/${incident.id}` },
  ];
}

function otherRequests(count: number, words: AttentionWords, number: (value: number) => string): Attention {
  return {
    key: "other-requests",
    tone: "info",
    icon: "calendar-clock",
    title: words.moreRequests(number(count)),
    text: words.moreRequestsText,
    meta: "",
    remedy: { label: words.seeRequests, href: "/bookings" },
  };
}
