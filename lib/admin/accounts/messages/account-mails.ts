import { config } from "../../../config/config.ts";
import type { Db } from "../../../db/db.ts";
import { sha256 } from "../../../hash.ts";
import { inBackground } from "../../../http/background.ts";
import { queueMails } from "../../../mail/queue/enqueue.ts";
import { TOKEN_PLACEHOLDER, type TokenSeed } from "../../../mail/queue/link-token.ts";
import { sender } from "../../../mail/sender.ts";
import { LOCALE } from "../../../mail/template/language.ts";
import { asHtml, asText, type Letter } from "../../../mail/template/letter.ts";
import type { Invitation } from "../../../operators/invitations.ts";
import { RESET_LINK_MS } from "../../../operators/password.ts";
import type { Language } from "../../../users/languages.ts";
import { clubName } from "../club.ts";
import { ACCOUNT_TEXTS } from "./account-texts.ts";

/** `queued`: the mail server did not accept the mail at once; the dispatch tries again. */
export type MailStatus = "sent" | "queued" | "no-sender";

/** Longer than a mail server usually takes. After that, the answer says that the mail is queued, and sending goes on. */
const LONGEST_WAIT_MS = 8_000;

/** The pages of the console that open the links of mails. The token is in the fragment, which browsers send to no server. */
export const linkTo = (page: "invitation" | "reset", base: string, token: string): string =>
  `${base}/${page}#token=${token}`;

/** Sends the link of an invitation. @param base The address of the console. @param seed What the link's token is made from. */
export async function mailInvitation(
  db: Db,
  invitation: Invitation,
  base: string,
  seed: TokenSeed,
  now: Date,
): Promise<MailStatus> {
  const { language, role, email, expiresAt, invitedBy } = invitation;
  const texts = ACCOUNT_TEXTS[language].invitation;
  const club = clubName();
  const until = new Intl.DateTimeFormat(LOCALE[language], {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: config().timeZone,
  }).format(expiresAt);
  const letter: Letter = {
    title: texts.subject(club),
    greeting: texts.greeting,
    intro: texts.intro(club, invitedBy),
    headline: { value: texts.role[role], label: texts.roleLabel },
    sections: [{ title: texts.stepsTitle, lines: texts.steps }],
    closing: texts.closing(`${until} (${config().timeZone})`),
    action: { label: texts.link, url: linkTo("invitation", base, TOKEN_PLACEHOLDER) },
  };
  return send(db, { letter, language, recipient: email, seed, expiresAt }, now);
}

/** Sends the link with which an operator sets a new password. */
export async function mailReset(
  db: Db,
  operator: { name: string; email: string; language: Language },
  base: string,
  seed: TokenSeed,
  now: Date,
): Promise<MailStatus> {
  const { language, name, email } = operator;
  const texts = ACCOUNT_TEXTS[language].reset;
  const letter: Letter = {
    title: texts.subject(clubName()),
    greeting: texts.greeting(name),
    intro: texts.intro,
    headline: { value: texts.validFor, label: texts.validLabel },
    sections: [],
    closing: texts.closing,
    action: { label: texts.link, url: linkTo("reset", base, TOKEN_PLACEHOLDER) },
  };
  const expiresAt = new Date(now.getTime() + RESET_LINK_MS);
  return send(db, { letter, language, recipient: email, seed, expiresAt }, now);
}

interface AccountMail {
  letter: Letter;
  language: Language;
  recipient: string;
  seed: TokenSeed;
  expiresAt: Date;
}

/** Queues the mail first, so that no fault of the mail server loses it, and then sends it. */
async function send(db: Db, mail: AccountMail, now: Date): Promise<MailStatus> {
  if (config().mail.from === undefined) return "no-sender";
  const { letter, language, recipient, seed, expiresAt } = mail;
  const dedupeKey = `operator:${sha256(seed).slice(0, 32)}`;
  const queued = {
    dedupeKey,
    userId: null,
    recipient,
    subject: letter.title,
    text: asText(letter),
    html: asHtml(letter, language),
    unsubscribeUrl: null,
    tokenSeed: seed,
    expiresAt,
  };
  await queueMails(db, [queued], sender().domain, now);
  const { sendNow } = await import("../../../mail/delivery/send-now.ts"); // other requests need no mail client
  const sending = sendNow(db, dedupeKey);
  inBackground(sending);
  return (await Promise.race([sending, tooLong()])) ? "sent" : "queued";
}

/** Ends the wait for the mail server; the timer keeps no process alive. */
const tooLong = (): Promise<false> =>
  new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS, false as const).unref());
