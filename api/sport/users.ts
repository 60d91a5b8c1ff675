import { usersRoute } from "#lib/sport/training/users-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = usersRoute;
