import { reclassifyRoute } from "#lib/calendar/reclassify-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = reclassifyRoute;
