import { friendshipsRoute } from "#lib/sport/training/friendships-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = friendshipsRoute;
