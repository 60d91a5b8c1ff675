CREATE TABLE "database_owner" (
	"id" integer PRIMARY KEY NOT NULL,
	"environment" text NOT NULL,
	"addresses" jsonb NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "database_owner_one" CHECK ("database_owner"."id" = 1),
	CONSTRAINT "database_owner_environment" CHECK ("database_owner"."environment" in ('production', 'preview'))
);
--> statement-breakpoint
CREATE TABLE "write_probe" (
	"n" integer NOT NULL
);
