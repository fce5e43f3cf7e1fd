-- name: members
-- The customers of each key that more than one of them had, joined by commas.
SELECT group_concat(id) AS members FROM had GROUP BY key HAVING min(id) <> max(id)
