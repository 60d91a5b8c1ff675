CREATE TABLE "calendar_appointments" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "calendar_appointments_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"calendar_id" text COLLATE "C" NOT NULL,
	"event_id" text COLLATE "C" NOT NULL,
	"original_start" timestamp with time zone,
	"series_id" text COLLATE "C",
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"local_date" date NOT NULL,
	"local_hour" smallint NOT NULL,
	"all_day" boolean NOT NULL,
	"status" text NOT NULL,
	"event_type" text NOT NULL,
	"title" text,
	"color_id" text,
	"organizer" text,
	"booked_by" text,
	"outcome" text NOT NULL,
	"sold" boolean NOT NULL,
	"confidence" text NOT NULL,
	"reason" text NOT NULL,
	"rule_version" smallint NOT NULL,
	"potential" text NOT NULL,
	"consultant" text NOT NULL,
	"customer_key" text,
	"customer_name" text,
	"read_at" timestamp with time zone NOT NULL,
	"gone_at" timestamp with time zone,
	CONSTRAINT "calendar_appointments_event" UNIQUE NULLS NOT DISTINCT("calendar_id","event_id","original_start"),
	CONSTRAINT "calendar_appointments_outcome" CHECK (outcome in ('completed', 'no_show', 'ghost', 'cancelled', 'rescheduled', 'overhang', 'pending', 'placeholder')),
	CONSTRAINT "calendar_appointments_confidence" CHECK ("calendar_appointments"."confidence" in ('high', 'low'))
);
--> statement-breakpoint
CREATE TABLE "calendar_rate" (
	"id" integer PRIMARY KEY NOT NULL,
	"grants" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "calendar_rate_single" CHECK ("calendar_rate"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "calendar_readings" (
	"calendar_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"succeeded_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "daily_metrics" (
	"date" date PRIMARY KEY NOT NULL,
	"total_slots" integer NOT NULL,
	"completed" integer NOT NULL,
	"sold" integer,
	"no_shows" integer NOT NULL,
	"ghosts" integer NOT NULL,
	"cancelled" integer NOT NULL,
	"rescheduled" integer NOT NULL,
	"overhang" integer NOT NULL,
	"pending" integer NOT NULL,
	"by_hour" jsonb NOT NULL,
	"by_user" jsonb NOT NULL,
	"by_potential" jsonb NOT NULL,
	"show_rate" numeric(5, 2) GENERATED ALWAYS AS (round(100.0 * (completed) / nullif(total_slots, 0), 2)) STORED,
	"net_show_rate" numeric(5, 2) GENERATED ALWAYS AS (round(100.0 * (completed) / nullif(total_slots - cancelled - rescheduled - pending, 0), 2)) STORED,
	"success_rate" numeric(5, 2) GENERATED ALWAYS AS (round(100.0 * (sold) / nullif(completed, 0), 2)) STORED,
	"no_show_rate" numeric(5, 2) GENERATED ALWAYS AS (round(100.0 * (no_shows + ghosts) / nullif(total_slots, 0), 2)) STORED,
	"ghost_rate" numeric(5, 2) GENERATED ALWAYS AS (round(100.0 * (ghosts) / nullif(total_slots, 0), 2)) STORED,
	"cancellation_rate" numeric(5, 2) GENERATED ALWAYS AS (round(100.0 * (cancelled) / nullif(total_slots, 0), 2)) STORED,
	"completion_rate" numeric(5, 2) GENERATED ALWAYS AS (round(100.0 * (completed) / nullif(total_slots, 0), 2)) STORED,
	"final" boolean NOT NULL,
	"source" text NOT NULL,
	"read_at" timestamp with time zone NOT NULL,
	CONSTRAINT "daily_metrics_source" CHECK ("daily_metrics"."source" in ('calendar', 'outcomes', 'figures'))
);
--> statement-breakpoint
ALTER TABLE "email_queue" ADD COLUMN "inline_image" text;--> statement-breakpoint
CREATE INDEX "calendar_appointments_day" ON "calendar_appointments" USING btree ("local_date","calendar_id");--> statement-breakpoint
CREATE INDEX "calendar_appointments_series" ON "calendar_appointments" USING btree ("calendar_id","series_id") WHERE "calendar_appointments"."series_id" is not null;--> statement-breakpoint
CREATE INDEX "calendar_appointments_kept" ON "calendar_appointments" USING btree ("local_date") WHERE "calendar_appointments"."title" is not null;--> statement-breakpoint
-- The one row of the shared rate.
INSERT INTO "calendar_rate" ("id") VALUES (1);
--> statement-breakpoint
-- As the rest of a mail's content (0005): out of the row, and not compressed, which a PNG is already.
ALTER TABLE "email_queue" ALTER COLUMN "inline_image" SET STORAGE EXTERNAL;
