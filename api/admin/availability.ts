import { availabilitySetupRoute } from "#lib/booking/catalog/availability-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = availabilitySetupRoute;
