import { availabilitySetupRoute } from "#lib/slots/availability-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = availabilitySetupRoute;
