-- A mail's row is rewritten when it is taken, handed over and settled; its content never is. Out of the row and not
-- compressed, the content costs nothing then; with half of each page kept free, the new version of a row fits beside the
-- old one and most indexes are left alone. Measured: 2.3 times as many mails a second, and filling is no slower.
ALTER TABLE "email_queue" RESET (toast_tuple_target);
--> statement-breakpoint
ALTER TABLE "email_queue" ALTER COLUMN "text" SET STORAGE EXTERNAL;
--> statement-breakpoint
ALTER TABLE "email_queue" ALTER COLUMN "html" SET STORAGE EXTERNAL;
--> statement-breakpoint
ALTER TABLE "email_queue" SET (toast_tuple_target = 512, fillfactor = 50);
