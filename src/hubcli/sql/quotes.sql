-- name: list
-- Quotes, the newest first, with the estimated margin and what they hold in deposits.
SELECT 'Q' || d.id AS number, d.customer_id AS customer, c.name AS customer_name, d.quoted_on AS date, d.expires_on,
       CASE WHEN d.ordered_on IS NOT NULL THEN 'converted'
            WHEN d.status IN ('draft', 'saved', 'awaiting-approval', 'approved') AND d.expires_on < :today THEN 'expired'
            ELSE d.status END AS status,
       d.job_name, d.class, s.login AS salesperson, d.location, d.total_cents AS total,
       d.paid_cents + d.pending_cents AS deposits,
@{documents.margin}
  AS margin,
@{documents.margin_complete}
  AS margin_complete,
       d.status NOT IN ('declined', 'deleted') AND d.ordered_on IS NULL
         AND (d.expires_on IS NULL OR d.expires_on >= :today OR d.paid_cents + d.pending_cents > 0) AS active,
       d.purchase_order, d.needed_on,
       (SELECT max(x.sent_on) FROM sendings x WHERE x.document_id = d.id AND x.kind = 'quote') AS sent_on
FROM documents d JOIN customers c ON c.id = d.customer_id LEFT JOIN staff s ON s.id = d.salesperson_id
WHERE (d.quoted_on IS NOT NULL OR d.ordered_on IS NULL)
  AND d.customer_id IN :customer...  -- [customer]
  AND any{d.quoted_on >= :date_from AND d.quoted_on <= :date_to}  -- [date_from]
  AND d.class IN :class...  -- [class]
  AND d.salesperson_id IN :salesperson...  -- [salesperson]
  AND d.location IN :location...  -- [location]
  AND any{lower(d.job_name) LIKE :job}  -- [job]
  AND d.purchase_order IN :purchase_order...  -- [purchase_order]
  AND d.ordered_on IS NULL AND d.status IN ('draft', 'saved', 'awaiting-approval') AND d.expires_on >= :today  -- [expiring_to]
  AND d.expires_on <= :expiring_to  -- [expiring_to]
  AND d.ordered_on IS NULL AND d.status = 'awaiting-approval' AND d.expires_on >= :today  -- [sent_to]
  AND (SELECT max(x.sent_on) FROM sendings x WHERE x.document_id = d.id AND x.kind = 'quote') <= :sent_to  -- [sent_to]
  AND (d.id IN (SELECT l.document_id FROM document_lines l WHERE l.model IN :model...))  -- [model]
  AND (CASE WHEN d.ordered_on IS NOT NULL THEN 'converted'  -- [state]
            WHEN d.status IN ('draft', 'saved', 'awaiting-approval', 'approved') AND d.expires_on < :today THEN 'expired'  -- [state]
            ELSE d.status END IN :state...  -- [state]
       OR (:active = 1 AND d.ordered_on IS NULL AND d.status NOT IN ('declined', 'deleted')  -- [state]
           AND (d.expires_on IS NULL OR d.expires_on >= :today OR d.paid_cents + d.pending_cents > 0)))  -- [state]
ORDER BY
  d.id DESC -- {order}
