import { unsubscribeClaim, unsubscribeToken, unsubscribeUrl } from "../../../lib/mail/unsubscribe/token.ts";

/** The unsubscribe link of a sent mail. */
export const signedUnsubscribeUrl = (baseUrl: string, secret: string, userId: string, from: Date): string =>
  unsubscribeUrl(baseUrl, unsubscribeToken(unsubscribeClaim(userId, from), secret));
