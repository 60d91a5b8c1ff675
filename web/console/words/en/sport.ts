import { counted } from "../plural.ts";

/** The tab of the sport. */
export const sport = {
  weeks: "Weeks",
  pointsOfWeeks: "Points by week",
  week: "Week from",
  active: "Trained / members",
  workouts: "Workouts",
  points: "Points",
  pointsGoal: "Points goal met",
  exerciseGoal: "Exercise goal met",
  challenge: "Challenge met",
  leaderboard: "Leaderboard of the week",
  weekOf: (start: string, end: string): string => `${start} to ${end}`,
  noWeek: "No week has been evaluated yet.",
  name: "Name",
  rank: "Rank",
  ranking: "Ranking of the month",
  noMonth: "No month has been evaluated yet.",
  noRanking: "This ranking is empty.",
  monthOf: (month: string, participants: string): string =>
    `${month}, ${counted(participants, "participant", "participants")}`,
  category: "By",
  categories: { points: "Points", pullups: "Pull-ups", pushups: "Push-ups", situps: "Sit-ups" },
  months: "Months",
  month: "Month",
};
