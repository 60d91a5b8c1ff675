import { workoutsRoute } from "#lib/sport/workouts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = workoutsRoute;
