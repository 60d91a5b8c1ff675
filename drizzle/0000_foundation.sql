CREATE TABLE "job_runs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"job_name" text NOT NULL,
	"scheduled_for" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"started_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"attempt" integer DEFAULT 1 NOT NULL,
	"lease_token" uuid,
	"lease_until" timestamp with time zone,
	"heartbeat_at" timestamp with time zone,
	"retry_at" timestamp with time zone,
	"trigger" text NOT NULL,
	CONSTRAINT "job_runs_occurrence" UNIQUE("job_name","scheduled_for"),
	CONSTRAINT "job_runs_status" CHECK ("job_runs"."status" in ('pending', 'running', 'completed', 'failed')),
	CONSTRAINT "job_runs_trigger" CHECK ("job_runs"."trigger" in ('cron', 'manual', 'catch-up', 'continuation'))
);
--> statement-breakpoint
CREATE TABLE "period_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "period_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"job_name" text NOT NULL,
	"scheduled_for" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "email_queue" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "email_queue_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"dedupe_key" text NOT NULL,
	"user_id" text COLLATE "C",
	"recipient" text NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"html" text NOT NULL,
	"unsubscribe_url" text,
	"message_id" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"error" text,
	"failed_after_retries" boolean DEFAULT false NOT NULL,
	"scheduled_at" timestamp with time zone NOT NULL,
	"lease_token" uuid,
	"lease_until" timestamp with time zone,
	"processed_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "email_queue_dedupe_key_unique" UNIQUE("dedupe_key"),
	CONSTRAINT "email_queue_status" CHECK ("email_queue"."status" in ('pending', 'retrying', 'sent', 'failed', 'skipped'))
);
--> statement-breakpoint
CREATE TABLE "awards" (
	"user_id" text COLLATE "C" NOT NULL,
	"type" text NOT NULL,
	"period_kind" text NOT NULL,
	"period_start" timestamp with time zone NOT NULL,
	CONSTRAINT "awards_user_id_type_period_start_pk" PRIMARY KEY("user_id","type","period_start")
);
--> statement-breakpoint
CREATE TABLE "badges" (
	"slug" text NOT NULL,
	"level" integer NOT NULL,
	"kind" text NOT NULL,
	"exercise_id" text COLLATE "C",
	CONSTRAINT "badges_slug_level_pk" PRIMARY KEY("slug","level"),
	CONSTRAINT "badges_kind" CHECK ("badges"."kind" in ('weekly', 'monthly', 'lifetime'))
);
--> statement-breakpoint
CREATE TABLE "exercises" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name_de" text NOT NULL,
	"name_en" text NOT NULL,
	"measurement_type" text NOT NULL,
	"points_per_unit" numeric(28, 18) NOT NULL,
	"points_source" text DEFAULT 'auto' NOT NULL,
	"difficulty_tier" integer NOT NULL,
	CONSTRAINT "exercises_measurement_type" CHECK ("exercises"."measurement_type" in ('reps', 'time', 'distance')),
	CONSTRAINT "exercises_points_source" CHECK ("exercises"."points_source" in ('auto', 'manual')),
	CONSTRAINT "exercises_difficulty_tier" CHECK ("exercises"."difficulty_tier" between 1 and 10)
);
--> statement-breakpoint
CREATE TABLE "friendships" (
	"user_a" text COLLATE "C" NOT NULL,
	"user_b" text COLLATE "C" NOT NULL,
	"status" text DEFAULT 'accepted' NOT NULL,
	CONSTRAINT "friendships_user_a_user_b_pk" PRIMARY KEY("user_a","user_b"),
	CONSTRAINT "friendships_order" CHECK ("friendships"."user_a" < "friendships"."user_b"),
	CONSTRAINT "friendships_status" CHECK ("friendships"."status" in ('pending', 'accepted', 'blocked'))
);
--> statement-breakpoint
CREATE TABLE "leaderboard_results" (
	"week_start" timestamp with time zone NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"rank" integer NOT NULL,
	"points" numeric(24, 2) NOT NULL,
	"participants" integer NOT NULL,
	CONSTRAINT "leaderboard_results_week_start_user_id_pk" PRIMARY KEY("week_start","user_id")
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "notifications_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" text COLLATE "C" NOT NULL,
	"kind" text NOT NULL,
	"slug" text NOT NULL,
	"level" integer NOT NULL,
	"period_start" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone,
	CONSTRAINT "notifications_subject" UNIQUE("user_id","kind","slug","level","period_start"),
	CONSTRAINT "notifications_kind" CHECK ("notifications"."kind" in ('badge', 'award'))
);
--> statement-breakpoint
CREATE TABLE "user_badges" (
	"user_id" text COLLATE "C" NOT NULL,
	"slug" text NOT NULL,
	"level" integer NOT NULL,
	"period_kind" text NOT NULL,
	"period_start" timestamp with time zone NOT NULL,
	CONSTRAINT "user_badges_user_id_slug_level_pk" PRIMARY KEY("user_id","slug","level")
);
--> statement-breakpoint
CREATE TABLE "weekly_results" (
	"user_id" text COLLATE "C" NOT NULL,
	"week_start" timestamp with time zone NOT NULL,
	"week_end" timestamp with time zone NOT NULL,
	"total_points" numeric(24, 2) NOT NULL,
	"total_workouts" integer NOT NULL,
	"total_exercises" integer NOT NULL,
	"exercise_totals" jsonb NOT NULL,
	"points_target" numeric(24, 2) NOT NULL,
	"challenge_target" numeric(24, 2) NOT NULL,
	"goal_exercises_met" boolean NOT NULL,
	"goal_points_met" boolean NOT NULL,
	"goal_challenge_met" boolean NOT NULL,
	"badges_awarded" integer DEFAULT 0 NOT NULL,
	"awards_awarded" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "weekly_results_user_id_week_start_pk" PRIMARY KEY("user_id","week_start")
);
--> statement-breakpoint
CREATE TABLE "workout_activities" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "workout_activities_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"workout_id" bigint NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"start_time" timestamp with time zone NOT NULL,
	"exercise_id" text COLLATE "C" NOT NULL,
	"quantity" numeric(24, 9),
	"unit" text,
	"sets" jsonb,
	"weight_kg" numeric(6, 2),
	"reps" numeric(24, 9),
	"duration_seconds" numeric(24, 9),
	"distance_km" numeric(24, 9),
	"points_earned" numeric(12, 2) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workouts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "workouts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" text COLLATE "C" NOT NULL,
	"client_id" text COLLATE "C" NOT NULL,
	"start_time" timestamp with time zone NOT NULL,
	"fingerprint" text NOT NULL,
	CONSTRAINT "workouts_client_id" UNIQUE("user_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"email" text,
	"first_name" text,
	"nickname" text,
	"language" text DEFAULT 'de' NOT NULL,
	"preferences" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"weekly_goals" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"show_in_global_rankings" boolean DEFAULT true NOT NULL,
	"body_weight_kg" numeric(6, 2),
	"is_active" boolean DEFAULT true NOT NULL
);
--> statement-breakpoint
ALTER TABLE "email_queue" ADD CONSTRAINT "email_queue_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "badges" ADD CONSTRAINT "badges_exercise_id_exercises_id_fk" FOREIGN KEY ("exercise_id") REFERENCES "public"."exercises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "friendships" ADD CONSTRAINT "friendships_user_a_users_id_fk" FOREIGN KEY ("user_a") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "friendships" ADD CONSTRAINT "friendships_user_b_users_id_fk" FOREIGN KEY ("user_b") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workout_activities" ADD CONSTRAINT "workout_activities_workout_id_workouts_id_fk" FOREIGN KEY ("workout_id") REFERENCES "public"."workouts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workout_activities" ADD CONSTRAINT "workout_activities_exercise_id_exercises_id_fk" FOREIGN KEY ("exercise_id") REFERENCES "public"."exercises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workouts" ADD CONSTRAINT "workouts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "job_runs_unfinished" ON "job_runs" USING btree ("job_name","scheduled_for") WHERE "job_runs"."status" <> 'completed';--> statement-breakpoint
CREATE INDEX "period_changes_occurrence" ON "period_changes" USING btree ("job_name","scheduled_for");--> statement-breakpoint
CREATE INDEX "email_queue_due" ON "email_queue" USING btree ("scheduled_at","id") WHERE "email_queue"."status" in ('pending', 'retrying');--> statement-breakpoint
CREATE INDEX "email_queue_user" ON "email_queue" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "friendships_user_b" ON "friendships" USING btree ("user_b");--> statement-breakpoint
CREATE INDEX "workout_activities_workout" ON "workout_activities" USING btree ("workout_id");--> statement-breakpoint
CREATE INDEX "workout_activities_user_start" ON "workout_activities" USING btree ("user_id","start_time");--> statement-breakpoint
CREATE INDEX "workout_activities_exercise" ON "workout_activities" USING btree ("exercise_id");--> statement-breakpoint
CREATE INDEX "workouts_user_start" ON "workouts" USING btree ("user_id","start_time");