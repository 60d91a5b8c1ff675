import { retryRoute } from "#lib/mail/retry-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = retryRoute;
