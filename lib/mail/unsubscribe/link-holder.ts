import { config } from "../../config/config.ts";
import type { Access } from "../../http/access.ts";
import { countRefusal, limitByAddress } from "../../http/rate-limit/rate-limit.ts";
import { verifyUnsubscribeToken } from "./token.ts";

/** Who opened an unsubscribe link: its user, or why the link is of no use. */
export type LinkHolder = { userId: string } | { reason: "bad-link" | "not-configured" };

/** A one-click body has 26 bytes, or a few hundred as multipart/form-data. */
const MAX_BODY_BYTES = 4096;

/**
 * The holder of an unsubscribe link, whose signed token names the user. Everyone else gets a page too, which says what is
 * wrong with the link. The servers of mail programs act for many people from one address (RFC 8058), so the limit for machines
 * applies.
 */
export const linkHolder: Access<LinkHolder> = {
  credentials: [],
  cors: undefined,
  largestBody: MAX_BODY_BYTES,
  authenticate: async ({ request, now }) => {
    await limitByAddress("events", request);
    const { preferencesSecret } = config().mail;
    if (preferencesSecret === undefined) return { reason: "not-configured" };
    const tokens = new URL(request.url).searchParams.getAll("token");
    const verified = verifyUnsubscribeToken(tokens.length === 1 ? String(tokens[0]) : "", preferencesSecret, now);
    if ("userId" in verified) return verified;
    if (verified.reason !== "expired") await countRefusal(request, "unsubscribe");
    return { reason: "bad-link" };
  },
};
