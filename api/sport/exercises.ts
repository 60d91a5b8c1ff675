import { exercisesRoute } from "#lib/sport/training/exercises-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = exercisesRoute;
