CREATE TABLE "period_totals" (
	"period_kind" text NOT NULL,
	"period_start" timestamp with time zone NOT NULL,
	"period_end" timestamp with time zone NOT NULL,
	"users" integer NOT NULL,
	"active_users" integer NOT NULL,
	"points" numeric(28, 2) NOT NULL,
	"workouts" bigint NOT NULL,
	"points_goal_met" integer,
	"exercise_goal_met" integer,
	"challenge_met" integer NOT NULL,
	CONSTRAINT "period_totals_period_kind_period_start_pk" PRIMARY KEY("period_kind","period_start"),
	CONSTRAINT "period_totals_kind" CHECK ("period_totals"."period_kind" in ('week', 'month'))
);--> statement-breakpoint
INSERT INTO "period_totals"
SELECT 'week', week_start, max(week_end), count(*), count(*) FILTER (WHERE total_workouts > 0), sum(total_points),
  sum(total_workouts), count(*) FILTER (WHERE goal_points_met), count(*) FILTER (WHERE goal_exercises_met),
  count(*) FILTER (WHERE goal_challenge_met)
FROM weekly_results
WHERE EXISTS (SELECT FROM job_runs WHERE job_name = 'weekly-events' AND scheduled_for = week_end AND status = 'completed')
GROUP BY week_start;--> statement-breakpoint
INSERT INTO "period_totals"
SELECT 'month', month_start, max(month_end), count(*), count(*) FILTER (WHERE total_workouts > 0), sum(total_points),
  sum(total_workouts), NULL, NULL, count(*) FILTER (WHERE challenge_met)
FROM monthly_results
WHERE EXISTS (SELECT FROM job_runs WHERE job_name = 'monthly-events' AND scheduled_for = month_end AND status = 'completed')
GROUP BY month_start;
