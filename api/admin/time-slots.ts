import { timeSlotsSetupRoute } from "#lib/booking/catalog/time-slots-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = timeSlotsSetupRoute;
