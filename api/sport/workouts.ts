import { workoutsRoute } from "#lib/sport/training/workouts-route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = workoutsRoute;
