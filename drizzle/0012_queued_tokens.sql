ALTER TABLE "email_queue" ADD COLUMN "token_seed" text;--> statement-breakpoint
-- Tokens in mails queued by earlier releases: each becomes the placeholder of lib/mail/link-token.ts, and the seed makes it again.
-- Mails due within the hour stay as they are, since instances of the earlier release may still send them.
UPDATE "email_queue" AS "mail" SET
  "token_seed" = CASE WHEN "booking"."token_salt" <> '' THEN 'booking:' || "booking"."id" || '.' || "booking"."token_salt" END,
  "text" = regexp_replace("mail"."text", '(/booking[.]html#' || "booking"."id" || '[.])[A-Za-z0-9_-]{43}', '\1-token-is-inserted-when-sent-', 'g'),
  "html" = regexp_replace("mail"."html", '(/booking[.]html#' || "booking"."id" || '[.])[A-Za-z0-9_-]{43}', '\1-token-is-inserted-when-sent-', 'g')
FROM "bookings" AS "booking"
WHERE "mail"."dedupe_key" LIKE 'booking:%' AND "booking"."id"::text = split_part("mail"."dedupe_key", ':', 2)
  AND "mail"."text" LIKE '%/booking.html#%'
  AND ("mail"."status" NOT IN ('pending', 'retrying') OR "mail"."scheduled_at" > now() + interval '1 hour');
--> statement-breakpoint
UPDATE "email_queue" SET
  "token_seed" = 'unsubscribe:' || substring("unsubscribe_url" FROM '[?]token=([A-Za-z0-9_-]+)[.][A-Za-z0-9_-]{43}$'),
  "text" = regexp_replace("text", '(/unsubscribe[?]token=)[A-Za-z0-9_-]+[.][A-Za-z0-9_-]{43}', '\1-token-is-inserted-when-sent-', 'g'),
  "html" = regexp_replace("html", '(/unsubscribe[?]token=)[A-Za-z0-9_-]+[.][A-Za-z0-9_-]{43}', '\1-token-is-inserted-when-sent-', 'g'),
  "unsubscribe_url" = regexp_replace("unsubscribe_url", '(/unsubscribe[?]token=)[A-Za-z0-9_-]+[.][A-Za-z0-9_-]{43}$', '\1-token-is-inserted-when-sent-')
WHERE "unsubscribe_url" ~ '/unsubscribe[?]token=[A-Za-z0-9_-]+[.][A-Za-z0-9_-]{43}$'
  AND ("status" NOT IN ('pending', 'retrying') OR "scheduled_at" > now() + interval '1 hour');
