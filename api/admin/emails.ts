import { emailsRoute } from "#lib/admin/emails-route";
import { JOBS } from "#lib/app/registry";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = emailsRoute(JOBS);
