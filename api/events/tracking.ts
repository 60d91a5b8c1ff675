import { defineJob } from "#lib/app/job-host";
import { calendarTracking } from "#lib/attendance/tracking-job";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = defineJob(calendarTracking);
