import { reclassifyRoute } from "#lib/attendance/classification/reclassify-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = reclassifyRoute;
