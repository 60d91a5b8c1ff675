import { usersRoute } from "#lib/sport/users";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = usersRoute;
