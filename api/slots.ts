import { freeSlotsRoute } from "#lib/booking/free-slots/free-slots-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = freeSlotsRoute;
