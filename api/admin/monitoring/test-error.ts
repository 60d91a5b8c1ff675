import { testErrorRoute } from "#lib/ops/actions";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = testErrorRoute;
