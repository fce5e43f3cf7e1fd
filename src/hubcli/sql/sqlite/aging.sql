-- SQLite knows of no index how few rows it holds, and would read all orders.

-- name: owing
-- Orders with money owed on them, or paid beyond what they charge, as they stand now. The words are those of the index.
SELECT d.id AS document_id, 0 AS cents FROM documents d
  INDEXED BY orders_owing -- [as_now]
WHERE d.ordered_on IS NOT NULL AND d.status NOT IN ('draft', 'canceled')
  AND d.charged_cents <> d.paid_cents + d.pending_cents
