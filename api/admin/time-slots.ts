import { timeSlotsSetupRoute } from "#lib/slots/time-slots-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = timeSlotsSetupRoute;
