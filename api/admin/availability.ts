import { maintain } from "#lib/app/maintain";
import { availabilitySetupRoute } from "#lib/booking/catalog/admin-availability-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = availabilitySetupRoute(maintain);
