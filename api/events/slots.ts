import { slotMaintenance } from "#lib/booking/slots/maintenance";
import { defineJob } from "#lib/jobs/define-job";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = defineJob(slotMaintenance);
