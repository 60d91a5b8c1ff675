import { defineJob } from "#lib/app/job-host";
import { dispatch } from "#lib/mail/delivery/dispatch";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = defineJob(dispatch);
