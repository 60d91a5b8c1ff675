import { maintain } from "#lib/app/maintain";
import { adminServicesRoute } from "#lib/booking/catalog/admin-services-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adminServicesRoute(maintain);
