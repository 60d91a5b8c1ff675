CREATE TABLE "cron_watches" (
	"cron" text PRIMARY KEY NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"accounted_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "incidents_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"title" text NOT NULL,
	"details" jsonb NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"alerted_at" timestamp with time zone,
	"recovery_alerted_at" timestamp with time zone,
	"alert_error" text,
	"alert_lease_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "email_rate" (
	"id" integer PRIMARY KEY NOT NULL,
	"grants" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "email_rate_single" CHECK ("email_rate"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "email_suppressions" (
	"address_hash" text PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "monthly_rankings" (
	"month_start" timestamp with time zone NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"global_points" integer,
	"global_pullups" integer,
	"global_pushups" integer,
	"global_situps" integer,
	"friends_points" integer NOT NULL,
	"friends_pullups" integer NOT NULL,
	"friends_pushups" integer NOT NULL,
	"friends_situps" integer NOT NULL,
	"friends_participants" integer NOT NULL,
	CONSTRAINT "monthly_rankings_month_start_user_id_pk" PRIMARY KEY("month_start","user_id")
);
--> statement-breakpoint
CREATE TABLE "monthly_results" (
	"user_id" text COLLATE "C" NOT NULL,
	"month_start" timestamp with time zone NOT NULL,
	"month_end" timestamp with time zone NOT NULL,
	"total_points" numeric(24, 2) NOT NULL,
	"total_workouts" integer NOT NULL,
	"total_exercises" integer NOT NULL,
	"exercise_totals" jsonb NOT NULL,
	"pullups" numeric(24, 9) NOT NULL,
	"pushups" numeric(24, 9) NOT NULL,
	"situps" numeric(24, 9) NOT NULL,
	"challenge_target" numeric(24, 2) NOT NULL,
	"challenge_met" boolean NOT NULL,
	"badges_awarded" integer DEFAULT 0 NOT NULL,
	"awards_awarded" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "monthly_results_user_id_month_start_pk" PRIMARY KEY("user_id","month_start")
);
--> statement-breakpoint
CREATE TABLE "monthly_standings" (
	"month_start" timestamp with time zone NOT NULL,
	"category" text NOT NULL,
	"value" numeric(24, 9) NOT NULL,
	"rank" integer NOT NULL,
	"participants" integer NOT NULL,
	CONSTRAINT "monthly_standings_month_start_category_value_pk" PRIMARY KEY("month_start","category","value")
);
--> statement-breakpoint
ALTER TABLE "job_runs" ADD COLUMN "missed" boolean GENERATED ALWAYS AS (metadata ? 'missed') STORED;--> statement-breakpoint
ALTER TABLE "job_runs" ADD COLUMN "duration_ms" bigint GENERATED ALWAYS AS ((metadata->>'durationMs')::bigint) STORED;--> statement-breakpoint
ALTER TABLE "email_queue" ADD COLUMN "failure" text;--> statement-breakpoint
ALTER TABLE "email_queue" ADD COLUMN "handed_over_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "awards" ADD COLUMN "category" text GENERATED ALWAYS AS (case when type like 'monthly-rank-%' then 'category-rank-award' else type end) STORED;--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_open" ON "incidents" USING btree ("key") WHERE "incidents"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "incidents_alerted" ON "incidents" USING btree ("key","alerted_at");--> statement-breakpoint
CREATE INDEX "incidents_opened" ON "incidents" USING btree ("opened_at");--> statement-breakpoint
CREATE INDEX "monthly_rankings_top_points" ON "monthly_rankings" USING btree ("month_start","global_points") WHERE "monthly_rankings"."global_points" <= 100;--> statement-breakpoint
CREATE INDEX "monthly_rankings_top_pullups" ON "monthly_rankings" USING btree ("month_start","global_pullups") WHERE "monthly_rankings"."global_pullups" <= 100;--> statement-breakpoint
CREATE INDEX "monthly_rankings_top_pushups" ON "monthly_rankings" USING btree ("month_start","global_pushups") WHERE "monthly_rankings"."global_pushups" <= 100;--> statement-breakpoint
CREATE INDEX "monthly_rankings_top_situps" ON "monthly_rankings" USING btree ("month_start","global_situps") WHERE "monthly_rankings"."global_situps" <= 100;--> statement-breakpoint
CREATE INDEX "job_runs_recent" ON "job_runs" USING btree ("scheduled_for","job_name","status","missed","duration_ms","started_at");--> statement-breakpoint
CREATE INDEX "email_queue_recent" ON "email_queue" USING btree ("created_at","status","failed_after_retries");--> statement-breakpoint
CREATE INDEX "email_queue_failed" ON "email_queue" USING btree ("failure","processed_at") WHERE "email_queue"."status" = 'failed';--> statement-breakpoint
ALTER TABLE "email_queue" ADD CONSTRAINT "email_queue_failure" CHECK ("email_queue"."failure" in ('connection', 'transient', 'permanent', 'unknown'));