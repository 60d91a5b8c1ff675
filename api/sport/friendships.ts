import { friendshipsRoute } from "#lib/sport/friendships";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = friendshipsRoute;
