-- Mails of usual length (3 to 4 KB) stay in the row as they are: compressing them takes as long as writing them, and they
-- are written by the hundred thousand, read once and deleted.
ALTER TABLE "email_queue" SET (toast_tuple_target = 8160);
