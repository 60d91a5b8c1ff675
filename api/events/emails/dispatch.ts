import { defineJob } from "#lib/jobs/define-job";
import { dispatch } from "#lib/mail/delivery/dispatch";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = defineJob(dispatch);
