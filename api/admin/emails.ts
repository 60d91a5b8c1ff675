import { emailsRoute } from "#lib/ops/emails-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = emailsRoute;
