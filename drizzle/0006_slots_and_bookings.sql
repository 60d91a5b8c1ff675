CREATE TABLE "bookings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slot_id" bigint,
	"service_id" text COLLATE "C" NOT NULL,
	"service_name" text NOT NULL,
	"provider_id" text COLLATE "C" NOT NULL,
	"provider_name" text NOT NULL,
	"provider_timezone" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"price" numeric(10, 2) NOT NULL,
	"rush_fee_percent" integer NOT NULL,
	"category" text NOT NULL,
	"customer_name" text NOT NULL,
	"customer_email" text NOT NULL,
	"language" text NOT NULL,
	"timezone" text NOT NULL,
	"status" text NOT NULL,
	"sequence" integer DEFAULT 0 NOT NULL,
	"idempotency_key_hash" text NOT NULL,
	"request_hash" text NOT NULL,
	"token_salt" text NOT NULL,
	"cancel_token_hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"cancelled_at" timestamp with time zone,
	"cancel_reason" text,
	CONSTRAINT "bookings_idempotency_key_hash_unique" UNIQUE("idempotency_key_hash"),
	CONSTRAINT "bookings_status" CHECK ("bookings"."status" in ('pending', 'confirmed', 'cancelled', 'completed', 'no_show'))
);
--> statement-breakpoint
CREATE TABLE "availability_exceptions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "availability_exceptions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"provider_id" text COLLATE "C" NOT NULL,
	"date" date NOT NULL,
	"kind" text NOT NULL,
	"start_minute" smallint,
	"end_minute" smallint,
	"reason" text,
	CONSTRAINT "availability_exceptions_span" UNIQUE NULLS NOT DISTINCT("provider_id","date","kind","start_minute"),
	CONSTRAINT "availability_exceptions_kind" CHECK ("availability_exceptions"."kind" in ('closed', 'hours', 'blocked')),
	CONSTRAINT "availability_exceptions_hours" CHECK (("availability_exceptions"."kind" = 'closed') = ("availability_exceptions"."start_minute" is null))
);
--> statement-breakpoint
CREATE TABLE "booking_slots" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "booking_slots_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"service_id" text COLLATE "C" NOT NULL,
	"provider_id" text COLLATE "C" NOT NULL,
	"local_date" date NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"busy_from" timestamp with time zone NOT NULL,
	"busy_until" timestamp with time zone NOT NULL,
	"capacity" integer NOT NULL,
	"booked_count" integer DEFAULT 0 NOT NULL,
	"held_count" integer DEFAULT 0 NOT NULL,
	"category" text NOT NULL,
	"rush_fee_percent" smallint NOT NULL,
	"base_price" numeric(10, 2) NOT NULL,
	"price" numeric(10, 2) NOT NULL,
	CONSTRAINT "booking_slots_start" UNIQUE("service_id","starts_at"),
	CONSTRAINT "booking_slots_capacity" CHECK ("booking_slots"."booked_count" + "booking_slots"."held_count" <= "booking_slots"."capacity"),
	CONSTRAINT "booking_slots_counts" CHECK ("booking_slots"."booked_count" >= 0 and "booking_slots"."held_count" >= 0),
	CONSTRAINT "booking_slots_period" CHECK ("booking_slots"."busy_from" <= "booking_slots"."starts_at" and "booking_slots"."starts_at" < "booking_slots"."ends_at" and "booking_slots"."ends_at" <= "booking_slots"."busy_until")
);
--> statement-breakpoint
CREATE TABLE "provider_availability" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "provider_availability_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"provider_id" text COLLATE "C" NOT NULL,
	"weekday" smallint NOT NULL,
	"start_minute" smallint NOT NULL,
	"end_minute" smallint NOT NULL,
	"break_start_minute" smallint,
	"break_end_minute" smallint,
	CONSTRAINT "provider_availability_window" UNIQUE("provider_id","weekday","start_minute")
);
--> statement-breakpoint
CREATE TABLE "providers" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"timezone" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL
);
--> statement-breakpoint
CREATE TABLE "service_time_slots" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "service_time_slots_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"service_id" text COLLATE "C" NOT NULL,
	"weekday" smallint NOT NULL,
	"start_minute" smallint NOT NULL,
	"end_minute" smallint NOT NULL,
	"capacity" integer DEFAULT 1 NOT NULL,
	"peak" boolean DEFAULT false NOT NULL,
	"price_multiplier" numeric(5, 2) DEFAULT 1 NOT NULL,
	CONSTRAINT "service_time_slots_start" UNIQUE("service_id","weekday","start_minute")
);
--> statement-breakpoint
CREATE TABLE "services" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"provider_id" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"duration_minutes" integer NOT NULL,
	"buffer_before" integer DEFAULT 0 NOT NULL,
	"buffer_after" integer DEFAULT 0 NOT NULL,
	"price" numeric(10, 2) NOT NULL,
	"min_notice_minutes" integer DEFAULT 0 NOT NULL,
	"confirmation_required" boolean DEFAULT false NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "services_minutes" CHECK ("services"."duration_minutes" > 0 and "services"."buffer_before" >= 0 and "services"."buffer_after" >= 0)
);
--> statement-breakpoint
CREATE TABLE "slot_days" (
	"service_id" text COLLATE "C" NOT NULL,
	"local_date" date NOT NULL,
	"offered" integer NOT NULL,
	"booked" integer NOT NULL,
	CONSTRAINT "slot_days_service_id_local_date_pk" PRIMARY KEY("service_id","local_date")
);
--> statement-breakpoint
CREATE TABLE "slot_holds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slot_id" bigint NOT NULL,
	"provider_id" text COLLATE "C" NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "email_queue" ADD COLUMN "calendar" text;--> statement-breakpoint
ALTER TABLE "email_queue" ADD COLUMN "expires_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_slot_id_booking_slots_id_fk" FOREIGN KEY ("slot_id") REFERENCES "public"."booking_slots"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "availability_exceptions" ADD CONSTRAINT "availability_exceptions_provider_id_providers_id_fk" FOREIGN KEY ("provider_id") REFERENCES "public"."providers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provider_availability" ADD CONSTRAINT "provider_availability_provider_id_providers_id_fk" FOREIGN KEY ("provider_id") REFERENCES "public"."providers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_time_slots" ADD CONSTRAINT "service_time_slots_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "services" ADD CONSTRAINT "services_provider_id_providers_id_fk" FOREIGN KEY ("provider_id") REFERENCES "public"."providers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slot_days" ADD CONSTRAINT "slot_days_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slot_holds" ADD CONSTRAINT "slot_holds_slot_id_booking_slots_id_fk" FOREIGN KEY ("slot_id") REFERENCES "public"."booking_slots"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bookings_slot" ON "bookings" USING btree ("slot_id");--> statement-breakpoint
CREATE INDEX "bookings_provider" ON "bookings" USING btree ("provider_id","starts_at");--> statement-breakpoint
CREATE INDEX "bookings_starts" ON "bookings" USING btree ("starts_at");--> statement-breakpoint
CREATE INDEX "bookings_unconfirmed" ON "bookings" USING btree ("ends_at") WHERE "bookings"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "bookings_customers" ON "bookings" USING btree ("ends_at") WHERE "bookings"."customer_email" <> '';--> statement-breakpoint
CREATE INDEX "booking_slots_provider" ON "booking_slots" USING btree ("provider_id","starts_at");--> statement-breakpoint
CREATE INDEX "services_provider" ON "services" USING btree ("provider_id");--> statement-breakpoint
CREATE INDEX "slot_holds_slot" ON "slot_holds" USING btree ("slot_id");--> statement-breakpoint
CREATE INDEX "slot_holds_expiry" ON "slot_holds" USING btree ("provider_id","expires_at");
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gist;
--> statement-breakpoint
-- Nobody is in two places: slots of one provider that anybody has booked or holds never overlap, buffers included.
-- This is the last word on double bookings, whatever the code before it does. Slots nobody wants cost it nothing.
ALTER TABLE "booking_slots" ADD CONSTRAINT "booking_slots_provider_once"
  EXCLUDE USING gist ("provider_id" WITH =, tstzrange("busy_from", "busy_until") WITH &&)
  WHERE ("booked_count" + "held_count" > 0);
