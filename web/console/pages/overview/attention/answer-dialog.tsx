import type { JSX } from "preact";
import type { RequestAttention } from "../../../../client/generated/types.ts";
import { useLocale, useWords } from "../../../ui/locale.tsx";
import { ConfirmDialog } from "../../shared/confirm-dialog.tsx";
import { aboutRequest } from "./attention.ts";
import { attentionWords } from "./attention-words.ts";

export interface Answered {
  request: RequestAttention;
  answer: "confirmed" | "cancelled";
}

/** Asks before a booking is confirmed or declined: the customer gets a mail. */
export function AnswerDialog({ request, answer, onClose }: Answered & { onClose: () => void }): JSX.Element {
  const words = useWords(attentionWords);
  const { format } = useLocale();
  const about = aboutRequest(request, words, format);
  const { customerName, bookingId } = request;
  const confirms = answer === "confirmed";
  return (
    <ConfirmDialog
      title={confirms ? words.confirmTitle : words.declineTitle}
      confirm={confirms ? words.confirm : words.decline}
      danger={!confirms}
      send={(client) => client.updateBooking({ id: bookingId, body: { status: answer } })}
      done={() => (confirms ? words.confirmed(customerName) : words.declined(customerName))}
      onClose={onClose}
    >
      <p>{confirms ? words.confirmText(customerName, about) : words.declineText(customerName, about)}</p>
    </ConfirmDialog>
  );
}
