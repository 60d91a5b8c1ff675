import { retryRoute } from "#lib/mail/queue/retry-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = retryRoute;
