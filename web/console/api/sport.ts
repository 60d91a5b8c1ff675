/** The responses of `/api/admin/sport/overview` and `/api/sport/rankings`. Instants are ISO texts in UTC. */

export interface SportWeek {
  weekStart: string;
  users: number;
  activeUsers: number;
  points: number;
  workouts: number;
  pointsGoalMet: number;
  exerciseGoalMet: number;
  challengeMet: number;
}

export interface SportMonth {
  monthStart: string;
  users: number;
  activeUsers: number;
  points: number;
  workouts: number;
  challengeMet: number;
}

export interface Sport {
  timezone: string;
  week: { start: string; end: string } | null;
  weeks: SportWeek[];
  leaderboard: { rank: number; userId: string; name: string | null; points: number; workouts: number }[];
  month: { start: string; end: string } | null;
  months: SportMonth[];
}

export interface Ranking {
  monthStart: string;
  participants: number;
  entries: { rank: number; userId?: string; name: string | null; value: number }[];
}
