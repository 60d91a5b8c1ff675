import { reclassifyAppointments } from "./classification/reclassify-operation.ts";
import { getAttendance } from "./metrics/get-attendance.ts";
import { getHeatmap } from "./metrics/get-heatmap.ts";
import { listAppointments } from "./metrics/list-appointments.ts";
import { listCustomers } from "./metrics/list-customers.ts";

/** What operators read and do about the attendance. */
export const operations = [getAttendance, getHeatmap, listAppointments, listCustomers, reclassifyAppointments];
