import { maintain } from "#lib/app/maintain";
import { adminExceptionsRoute } from "#lib/booking/catalog/admin-exceptions-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = adminExceptionsRoute(maintain);
