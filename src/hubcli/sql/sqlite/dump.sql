-- The highest number each table ever gave: numbers are never used again, in a copy neither.

-- name: numbers
-- Every counter by the name of its table.
SELECT name, seq FROM sqlite_sequence ORDER BY name

-- name: number_on
-- Puts a counter forward, never back.
UPDATE sqlite_sequence SET seq = :seq WHERE name = :name AND seq < :seq

-- name: number_from
-- Begins a counter that has no row yet.
INSERT INTO sqlite_sequence (name, seq)
SELECT :name, :seq WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = :name)
