-- What only SQLite writes so: the days between two days.

-- name: days
CAST(julianday(:day) - julianday(f.due_on) AS INTEGER)
