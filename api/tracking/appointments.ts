import { trackingAppointmentsRoute } from "#lib/attendance/metrics/appointments-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = trackingAppointmentsRoute;
