import { unsubscribeRoute } from "#lib/mail/unsubscribe/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = unsubscribeRoute;
