-- What only SQLite writes so: the counter of the numbers that were ever given.

-- name: last_number
-- The highest statement number ever given.
SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'statements'), 0) AS number
