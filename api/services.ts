import { api } from "#lib/app/api";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api;
