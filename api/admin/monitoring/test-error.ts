import { testErrorRoute } from "#lib/admin/actions-routes";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = testErrorRoute;
