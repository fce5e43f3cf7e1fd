-- name: get
-- What the file holds about itself under a key, one row; none where it was never put there. For its keys see schema.sql.
SELECT value FROM meta WHERE key = :key

-- name: put
-- Keep a value about the file itself, in the place of one that is there.
INSERT INTO meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value
