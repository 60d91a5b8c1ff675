import { emailsRoute } from "#lib/admin/emails-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = emailsRoute;
