-- name: find
SELECT fingerprint, change_id, answer FROM idempotency_keys WHERE key = :key

-- name: remember
INSERT INTO idempotency_keys (key, fingerprint, change_id, answer)
SELECT :key, :fingerprint, id, :answer FROM open_change
