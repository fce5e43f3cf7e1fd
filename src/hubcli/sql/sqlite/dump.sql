-- The highest number each table ever gave: numbers are never used again, in a copy neither.

-- name: numbers
SELECT name, seq FROM sqlite_sequence ORDER BY name

-- name: number_on
UPDATE sqlite_sequence SET seq = :seq WHERE name = :name AND seq < :seq

-- name: number_from
INSERT INTO sqlite_sequence (name, seq)
SELECT :name, :seq WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = :name)
