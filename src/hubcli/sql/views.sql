-- name: list
-- All saved views by name.
SELECT v.id, v.name, v.noun, v.arguments FROM saved_views v ORDER BY v.name, v.id

-- name: by_name
-- A saved view by its name.
SELECT v.id, v.name, v.noun, v.arguments FROM saved_views v WHERE v.name = :name

-- name: delete
-- Removes a saved view.
DELETE FROM saved_views WHERE id = :id
