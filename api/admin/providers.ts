import { maintain } from "#lib/app/maintain";
import { adminProvidersRoute } from "#lib/booking/catalog/admin-providers-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adminProvidersRoute(maintain);
