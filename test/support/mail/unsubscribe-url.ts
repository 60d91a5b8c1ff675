import { unsubscribeClaim, unsubscribeToken, unsubscribeUrl } from "../../../lib/mail/unsubscribe/token.ts";

/** The link of a mail as its reader gets it. */
export const signedUnsubscribeUrl = (baseUrl: string, secret: string, userId: string, from: Date): string =>
  unsubscribeUrl(baseUrl, unsubscribeToken(unsubscribeClaim(userId, from), secret));
