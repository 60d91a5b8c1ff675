import { processEndpoint } from "#lib/analytics/pipeline/process-operations";
import { HOST } from "#lib/app/job-host";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = processEndpoint(HOST);
