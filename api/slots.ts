import { freeSlotsRoute } from "#lib/slots/slots-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = freeSlotsRoute;
