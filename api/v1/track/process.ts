import { processEndpoint } from "#lib/analytics/pipeline/process-route";
import { siteProcessing } from "#lib/analytics/pipeline/sweep-job";
import { defineJob } from "#lib/app/job-host";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = processEndpoint(defineJob(siteProcessing));
