import { maintain } from "#lib/app/maintain";
import { adminTimeSlotsRoute } from "#lib/booking/catalog/admin-time-slots-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adminTimeSlotsRoute(maintain);
