-- Badges for the n-th time the monthly challenge is reached.
INSERT INTO "badges" ("slug", "level", "kind")
SELECT 'monthly-challenge-points', level, 'monthly' FROM unnest(ARRAY[1, 3, 6, 12, 24, 36, 60]) AS level;
--> statement-breakpoint
-- The one row of the shared rate limit.
INSERT INTO "email_rate" ("id") VALUES (1);
