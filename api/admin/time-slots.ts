import { maintain } from "#lib/app/maintain";
import { timeSlotsSetupRoute } from "#lib/booking/catalog/admin-time-slots-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = timeSlotsSetupRoute(maintain);
