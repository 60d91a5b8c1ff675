import { maintain } from "#lib/app/maintain";
import { adminAvailabilityRoute } from "#lib/booking/catalog/admin-availability-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adminAvailabilityRoute(maintain);
