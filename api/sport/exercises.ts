import { exercisesRoute } from "#lib/sport/exercises";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = exercisesRoute;
