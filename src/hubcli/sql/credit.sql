-- name: reverse
-- The reversing entry of a credit entry, dated today; once.
INSERT INTO wallet_entries (customer_id, amount_cents, type, document_id, reverses, note, entered_on, recorded_at)
SELECT customer_id, -amount_cents, 'void', document_id, id, 'reverses entry ' || id, :today, :at FROM wallet_entries
WHERE id = :id AND NOT EXISTS (SELECT 1 FROM wallet_entries w WHERE w.reverses = :id)
