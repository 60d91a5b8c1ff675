CREATE SCHEMA "business";
--> statement-breakpoint
CREATE SCHEMA "raw";
--> statement-breakpoint
CREATE SCHEMA "staging";
--> statement-breakpoint
CREATE SEQUENCE "raw"."event_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "business"."events" (
	"received_at" timestamp with time zone NOT NULL,
	"customer_id" text COLLATE "C" NOT NULL,
	"event_id" text COLLATE "C" NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"event_type" text NOT NULL,
	"page_view" boolean NOT NULL,
	"page_url" text,
	"page" text COLLATE "C",
	"session_key" text COLLATE "C" NOT NULL,
	"visitor_id" text COLLATE "C" NOT NULL,
	"referrer" text,
	"utm_source" text,
	"utm_medium" text,
	"utm_campaign" text,
	"utm_term" text,
	"utm_content" text,
	"device" text NOT NULL,
	"browser" text,
	"os" text,
	"bot" text,
	"country" text,
	"region" text,
	"city" text,
	"quality_score" numeric(2, 1) NOT NULL,
	"quality" text NOT NULL,
	"event_data" jsonb NOT NULL,
	CONSTRAINT "business_events_once" UNIQUE("customer_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "business"."pages" (
	"customer_id" text COLLATE "C" NOT NULL,
	"page" text COLLATE "C" NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"views" bigint NOT NULL,
	CONSTRAINT "pages_key" PRIMARY KEY("customer_id","page")
) WITH (fillfactor = 80);
--> statement-breakpoint
CREATE TABLE "business"."rollups" (
	"customer_id" text COLLATE "C" NOT NULL,
	"dimension" text NOT NULL,
	"bucket" timestamp with time zone NOT NULL,
	"value" text COLLATE "C" NOT NULL,
	"events" bigint NOT NULL,
	"page_views" bigint NOT NULL,
	"visits" bigint NOT NULL,
	"bounces" bigint NOT NULL,
	"duration_ms" bigint NOT NULL,
	"visitors" bigint NOT NULL,
	CONSTRAINT "rollups_key" PRIMARY KEY("customer_id","dimension","bucket","value")
) WITH (fillfactor = 80);
--> statement-breakpoint
CREATE TABLE "business"."sessions" (
	"customer_id" text COLLATE "C" NOT NULL,
	"session_key" text COLLATE "C" NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone NOT NULL,
	"first_event_id" text COLLATE "C" NOT NULL,
	"visitor_id" text COLLATE "C" NOT NULL,
	"events" integer NOT NULL,
	"page_views" integer NOT NULL,
	"entry_at" timestamp with time zone,
	"entry_page" text COLLATE "C",
	"exit_at" timestamp with time zone,
	"exit_page" text COLLATE "C",
	"referrer" text,
	"utm_source" text,
	"utm_medium" text,
	"utm_campaign" text,
	"device" text NOT NULL,
	"browser" text,
	"os" text,
	"country" text,
	CONSTRAINT "sessions_key" PRIMARY KEY("customer_id","session_key","started_at")
) WITH (fillfactor = 80);
--> statement-breakpoint
CREATE TABLE "business"."visitors" (
	"customer_id" text COLLATE "C" NOT NULL,
	"day" date NOT NULL,
	"visitor_id" text COLLATE "C" NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"events" integer NOT NULL,
	"page_views" integer NOT NULL,
	CONSTRAINT "visitors_key" PRIMARY KEY("customer_id","day","visitor_id")
) WITH (fillfactor = 80);
--> statement-breakpoint
CREATE TABLE "raw"."dead_letters" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "raw"."dead_letters_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"customer_id" text COLLATE "C" NOT NULL,
	"raw_id" bigint NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"event_id" text COLLATE "C" NOT NULL,
	"layer" text NOT NULL,
	"reason" text NOT NULL,
	"field" text NOT NULL,
	"expected" text NOT NULL,
	"got" text NOT NULL,
	"attempts" integer NOT NULL,
	"failed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "dead_letters_event" UNIQUE("customer_id","raw_id")
);
--> statement-breakpoint
CREATE TABLE "raw"."event_ids" (
	"customer_id" text COLLATE "C" NOT NULL,
	"event_id" text COLLATE "C" NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "raw_event_ids_key" PRIMARY KEY("customer_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "raw"."events" (
	"raw_id" bigint DEFAULT nextval('raw.event_numbers') NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"customer_id" text COLLATE "C" NOT NULL,
	"event_id" text COLLATE "C" NOT NULL,
	"payload" json NOT NULL,
	"context" json NOT NULL,
	CONSTRAINT "raw_events_key" PRIMARY KEY("received_at","raw_id")
) PARTITION BY RANGE ("received_at");
--> statement-breakpoint
CREATE TABLE "raw"."pending" (
	"customer_id" text COLLATE "C" NOT NULL,
	"raw_id" bigint NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "raw_pending_key" PRIMARY KEY("customer_id","raw_id")
);
--> statement-breakpoint
CREATE TABLE "site_keys" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"customer_id" text COLLATE "C" NOT NULL,
	"kind" text NOT NULL,
	"hash" text NOT NULL,
	"hint" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	CONSTRAINT "site_keys_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "site_salts" (
	"day" date PRIMARY KEY NOT NULL,
	"salt" bytea NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sites" (
	"customer_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"allowed_origins" text[] DEFAULT '{}' NOT NULL,
	"timezone" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staging"."events" (
	"raw_id" bigint NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"attempts" integer NOT NULL,
	"customer_id" text COLLATE "C" NOT NULL,
	"event_id" text COLLATE "C" NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"event_type" text NOT NULL,
	"page_view" boolean NOT NULL,
	"page_url" text,
	"page" text COLLATE "C",
	"session_key" text COLLATE "C" NOT NULL,
	"visitor_id" text COLLATE "C" NOT NULL,
	"referrer" text,
	"utm_source" text,
	"utm_medium" text,
	"utm_campaign" text,
	"utm_term" text,
	"utm_content" text,
	"device" text NOT NULL,
	"browser" text,
	"os" text,
	"bot" text,
	"country" text,
	"region" text,
	"city" text,
	"quality_score" numeric(2, 1) NOT NULL,
	"quality" text NOT NULL,
	"event_data" jsonb NOT NULL,
	CONSTRAINT "staging_events_key" PRIMARY KEY("received_at","raw_id")
) PARTITION BY RANGE ("received_at");
--> statement-breakpoint
CREATE TABLE "staging"."pending" (
	"customer_id" text COLLATE "C" NOT NULL,
	"raw_id" bigint NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "staging_pending_key" PRIMARY KEY("customer_id","raw_id")
);
--> statement-breakpoint
ALTER TABLE "site_keys" ADD CONSTRAINT "site_keys_customer_id_sites_customer_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."sites"("customer_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "business_events_latest" ON "business"."events" USING btree ("customer_id","occurred_at");--> statement-breakpoint
CREATE INDEX "sessions_latest" ON "business"."sessions" USING btree ("customer_id","started_at");--> statement-breakpoint
CREATE INDEX "dead_letters_received" ON "raw"."dead_letters" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "dead_letters_id" ON "raw"."dead_letters" USING btree ("customer_id","event_id");--> statement-breakpoint
CREATE INDEX "raw_event_ids_received" ON "raw"."event_ids" USING brin ("received_at");--> statement-breakpoint
CREATE INDEX "site_keys_customer" ON "site_keys" USING btree ("customer_id");