-- What only SQLite writes so: the days between two days.

-- name: days
-- Whole days from the due day to a day, below zero before it.
CAST(julianday(:day) - julianday(f.due_on) AS INTEGER)
