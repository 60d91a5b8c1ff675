import { defineJob } from "#lib/app/job-host";
import { slotMaintenance } from "#lib/booking/slots/maintenance";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = defineJob(slotMaintenance);
