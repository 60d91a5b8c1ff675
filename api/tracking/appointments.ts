import { trackingAppointmentsRoute } from "#lib/calendar/appointments-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = trackingAppointmentsRoute;
