import { calendarTracking } from "#lib/attendance/tracking-job";
import { defineJob } from "#lib/jobs/define-job";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = defineJob(calendarTracking);
