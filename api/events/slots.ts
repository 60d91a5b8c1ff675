import { defineJob } from "#lib/jobs/define-job";
import { slotMaintenance } from "#lib/slots/maintain";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = defineJob(slotMaintenance);
