-- name: find
-- What a keyed request was and what was answered.
SELECT fingerprint, change_id, answer FROM idempotency_keys WHERE key = :key

-- name: remember
-- Keeps a keyed request with its answer, as part of the change set under way.
INSERT INTO idempotency_keys (key, fingerprint, change_id, answer)
SELECT :key, :fingerprint, id, :answer FROM open_change
