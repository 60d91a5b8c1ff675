-- The exercises every installation starts with. points_per_unit = base x tier / 5; base: 1 a rep, 1/60 a second, 10 a km.
INSERT INTO "exercises" ("id", "name_de", "name_en", "measurement_type", "points_per_unit", "points_source", "difficulty_tier")
SELECT id, name_de, name_en, measurement_type,
  (CASE measurement_type WHEN 'reps' THEN 1 WHEN 'time' THEN 1 / 60.0 ELSE 10 END) * tier / 5.0,
  'auto', tier
FROM (VALUES
  ('pullups', 'Klimmzüge', 'pull-ups', 'reps', 8),
  ('pushups', 'Liegestütze', 'push-ups', 'reps', 5),
  ('situps', 'Sit-ups', 'sit-ups', 'reps', 3),
  ('squats', 'Kniebeugen', 'squats', 'reps', 4),
  ('burpees', 'Burpees', 'burpees', 'reps', 7),
  ('lunges', 'Ausfallschritte', 'lunges', 'reps', 4),
  ('dips', 'Dips', 'dips', 'reps', 7),
  ('plank', 'Unterarmstütz', 'plank', 'time', 8),
  ('jump-rope', 'Seilspringen', 'jump rope', 'time', 6),
  ('yoga', 'Yoga', 'yoga', 'time', 3),
  ('running', 'Laufen', 'running', 'distance', 5),
  ('cycling', 'Radfahren', 'cycling', 'distance', 2),
  ('swimming', 'Schwimmen', 'swimming', 'distance', 10),
  ('rowing', 'Rudern', 'rowing', 'distance', 5),
  ('walking', 'Gehen', 'walking', 'distance', 2)
) AS catalogue (id, name_de, name_en, measurement_type, tier)
ON CONFLICT ("id") DO NOTHING;
--> statement-breakpoint
-- Badges for the n-th time a weekly goal or challenge is reached.
INSERT INTO "badges" ("slug", "level", "kind")
SELECT slug, level, 'weekly'
FROM (VALUES ('weekly-goal-exercises'), ('weekly-goal-points'), ('weekly-challenge-points')) AS slugs (slug)
CROSS JOIN unnest(ARRAY[1, 5, 10, 25, 50, 75, 100, 150, 200]) AS level;
--> statement-breakpoint
-- Badges for lifetime totals: repetitions, or kilometres for running and cycling.
INSERT INTO "badges" ("slug", "level", "kind", "exercise_id")
SELECT 'lifetime-' || exercise_id, level, 'lifetime', exercise_id
FROM (VALUES
  ('pushups', ARRAY[10, 50, 100, 250, 500, 1000, 1500]),
  ('pullups', ARRAY[10, 25, 50, 100, 250, 500, 750]),
  ('situps', ARRAY[50, 100, 250, 500, 1000]),
  ('running', ARRAY[10, 50, 100, 250, 500, 1000]),
  ('cycling', ARRAY[25, 100, 250, 500, 1000, 2000])
) AS totals (exercise_id, levels)
CROSS JOIN LATERAL unnest(levels) AS level;
