// Generated from the OpenAPI document by `npm run client`. Do not edit.

import type { Client } from "./types.ts";

/** The operations by id: method and path, then headers that are parameters, statuses that are answers, and `public`. */
export const OPERATIONS: Readonly<Record<keyof Client, string>> = {
  cancelBooking: "DELETE /api/bookings/{id}",
  createBooking: "POST /api/bookings Idempotency-Key public",
  getBooking: "GET /api/bookings/{id}",
  holdSlot: "POST /api/slots/{id}/hold public",
  listProviders: "GET /api/providers public",
  listServices: "GET /api/services public",
  listSlots: "GET /api/slots public",
  moveBooking: "POST /api/bookings/{id}/reschedule",
  releaseHold: "DELETE /api/slots/{id}/hold public",
  runCalendarTracking: "POST /api/events/tracking",
  runCalendarTrackingByCron: "GET /api/events/tracking",
  runEmailDispatch: "POST /api/events/emails/dispatch",
  runEmailDispatchByCron: "GET /api/events/emails/dispatch",
  runJobCleanup: "POST /api/events/cleanup",
  runJobCleanupByCron: "GET /api/events/cleanup",
  runMonthlyEvents: "POST /api/events/monthly",
  runMonthlyEventsByCron: "GET /api/events/monthly",
  runSiteProcessing: "POST /api/v1/track/process",
  runSiteProcessingByCron: "GET /api/v1/track/process",
  runSlotMaintenance: "POST /api/events/slots",
  runSlotMaintenanceByCron: "GET /api/events/slots",
  runWeeklyEvents: "POST /api/events/weekly",
  runWeeklyEventsByCron: "GET /api/events/weekly",
};
