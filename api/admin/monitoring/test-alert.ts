import { testAlertRoute } from "#lib/admin/actions-routes";
import { sendAlert } from "#lib/app/tick";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = testAlertRoute(sendAlert);
