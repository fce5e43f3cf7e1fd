-- name: of_actor
-- What somebody here did, newest first: one row for each change set and customer, with what it was about.
SELECT t.at, t.date, t.kind, t.actor, t.what, t.customer, t.customer_name, t.fields, t.records, t.change FROM (
SELECT c.recorded_at AS at, c.business_on AS date,
@{activity.kind}
       AS kind, c.actor, c.command AS what, l.customer, k.name AS customer_name, l.fields,
@{activity.records}
       AS records, c.id AS change
FROM (SELECT change_id, subject AS customer, count(*) AS fields FROM changelog
      WHERE change_id IN (SELECT id FROM changes WHERE actor = :actor) AND subject IS NOT NULL
      GROUP BY change_id, subject) l
JOIN changes c ON c.id = l.change_id LEFT JOIN customers k ON k.id = l.customer
WHERE TRUE
  AND c.recorded_at >= :since  -- [since]
  AND c.recorded_at < :until  -- [until]
) t
WHERE TRUE
  AND t.kind IN :kind...  -- [kind]
  AND t.date >= :first  -- [first]
  AND t.date <= :last  -- [last]
ORDER BY
  t.change DESC, t.customer -- {order}

-- name: actor
-- Whether somebody made a change.
SELECT 1 AS one FROM changes WHERE actor = :actor LIMIT 1

-- name: of_customer
-- Everything that happened with a customer, newest first: documents, money, notes, visits, mail, what they did on the
-- website, and each change set that touched the record itself.
SELECT t.date, t.kind, t.ref, t.what, t.amount_cents AS amount, t.actor, t.at, t.change FROM (
  SELECT e.date, e.kind, e.ref, e.what, e.amount_cents, coalesce(c.actor, m.actor) AS actor,
         coalesce(c.recorded_at, m.recorded_at, e.at) AS at, coalesce(c.id, m.id) AS change
  FROM (
    SELECT id, quoted_on AS date, 'quote' AS kind, 'Q' || id AS ref, 'made' || coalesce(': ' || job_name, '') AS what,
           total_cents AS amount_cents, created_at AS at, 'quoted_on' AS field
    FROM documents WHERE customer_id = :customer AND quoted_on IS NOT NULL
    UNION ALL SELECT id, ordered_on, 'order', 'O' || id, 'ordered' || coalesce(': ' || job_name, ''), total_cents, NULL,
           'ordered_on' FROM documents WHERE customer_id = :customer AND ordered_on IS NOT NULL
    UNION ALL SELECT id, shipped_on, 'order', 'O' || id, 'shipped', NULL, NULL, 'shipped_on'
    FROM documents WHERE customer_id = :customer AND shipped_on IS NOT NULL
    UNION ALL SELECT id, invoiced_on, 'invoice', 'I' || invoice_number, 'invoiced O' || id, total_cents, NULL, 'invoiced_on'
    FROM documents WHERE customer_id = :customer AND invoiced_on IS NOT NULL
    UNION ALL SELECT id, canceled_on, 'order', 'O' || id, 'canceled', NULL, NULL, 'canceled_on'
    FROM documents WHERE customer_id = :customer AND canceled_on IS NOT NULL
  ) e
  LEFT JOIN (
@{activity.doers}
  ) d ON d.row_id = e.id AND d.field = e.field
  LEFT JOIN (
@{activity.doers}
  ) i ON i.row_id = e.id AND i.field = 'made'
  LEFT JOIN changes c ON c.id = d.change LEFT JOIN changes m ON m.id = i.change
  UNION ALL SELECT paid_on, 'payment', 'P' || id, method || CASE WHEN status = 'confirmed' THEN '' ELSE ', ' || status END,
         amount_cents, recorded_by, recorded_at, NULL FROM payments WHERE customer_id = :customer
  UNION ALL SELECT refunded_on, 'refund', 'F' || id, method || ': ' || reason, -amount_cents, recorded_by, recorded_at, NULL
  FROM refunds WHERE customer_id = :customer
  UNION ALL SELECT returned_on, 'return', 'R' || id, reason, NULL, NULL, recorded_at, NULL
  FROM returns WHERE customer_id = :customer
  UNION ALL SELECT adjusted_on, 'order', 'O' || document_id, kind || ': ' || reason, -amount_cents, NULL, recorded_at, NULL
  FROM adjustments WHERE customer_id = :customer
  UNION ALL SELECT entered_on, 'credit', NULL, type || coalesce(': ' || note, ''), amount_cents, recorded_by, recorded_at, NULL
  FROM wallet_entries WHERE customer_id = :customer
  UNION ALL SELECT paid_on, 'payment', 'L' || id, 'repaid ' || method, amount_cents, recorded_by, recorded_at, NULL
  FROM line_repayments WHERE customer_id = :customer
  UNION ALL SELECT written_on, 'note', 'N' || id, type || ': ' || substr(text, 1, 200), NULL, author, NULL, NULL
  FROM notes WHERE customer_id = :customer AND deleted_at IS NULL
  UNION ALL SELECT created_on, 'visit', 'V' || id, type || ' made', NULL, created_by, NULL, NULL
  FROM visits WHERE customer_id = :customer
  UNION ALL SELECT completed_on, 'visit', 'V' || id, type || ' completed', NULL, driver, NULL, NULL
  FROM visits WHERE customer_id = :customer AND completed_on IS NOT NULL
  UNION ALL SELECT issued_on, 'statement', 'S' || id, 'to ' || to_on, total_owed_cents, NULL, recorded_at, NULL
  FROM statements WHERE customer_id = :customer
  UNION ALL SELECT sent_on, 'sent', coalesce(CASE WHEN statement_id IS NULL THEN NULL ELSE 'S' || statement_id END,
         CASE WHEN document_id IS NULL THEN NULL WHEN kind = 'quote' THEN 'Q' || document_id ELSE 'O' || document_id END), kind || ' by ' || way, NULL, sent_by,
         recorded_at, NULL FROM sendings WHERE customer_id = :customer
  UNION ALL SELECT local_day(sent_at), 'mail', 'M' || id, CASE direction WHEN 'in' THEN 'from' ELSE 'to' END
         || ' them: ' || coalesce(subject, ''), NULL,
         (SELECT min(s.sent_by) FROM sendings s WHERE s.mail_id = mails.id), sent_at, NULL
  FROM mails WHERE customer_id = :customer
  UNION ALL SELECT created_on, 'artwork', 'W' || id, name || ', ' || status, NULL, NULL, NULL, NULL
  FROM artwork_jobs WHERE customer_id = :customer
  UNION ALL SELECT added_on, 'artwork', 'D' || id, 'design ' || coalesce(name, ''), NULL, added_by, NULL, NULL
  FROM designs WHERE customer_id = :customer
  UNION ALL SELECT local_day(at), CASE kind WHEN 'login' THEN 'login' ELSE 'site' END, NULL,
         kind || coalesce(': ' || detail, ''), NULL, 'customer', at, NULL FROM site_events WHERE customer_id = :customer
  UNION ALL SELECT c.business_on,
@{activity.kind}
         , 'H' || c.id, c.command, NULL, c.actor, c.recorded_at, c.id
  FROM (
@{activity.untold}
  ) l JOIN changes c ON c.id = l.change_id
) t
WHERE TRUE
  AND t.date >= :first  -- [first]
  AND t.date <= :last  -- [last]
  AND t.kind IN :kind...  -- [kind]
  AND t.actor = :actor  -- [actor]
ORDER BY
  t.date DESC, t.at DESC NULLS LAST, t.ref DESC, t.kind, t.what -- {order}

-- name: doers
-- The change set that made each document of a customer, and the ones that set its days.
SELECT row_id, CASE operation WHEN 'insert' THEN 'made' ELSE field END AS field, max(change_id) AS change
FROM changelog WHERE subject IN :family... AND tbl = 'documents'
  AND (operation = 'insert' OR field IN ('ordered_on', 'shipped_on', 'invoiced_on', 'canceled_on'))
GROUP BY row_id, CASE operation WHEN 'insert' THEN 'made' ELSE field END

-- name: untold
-- The change sets that touched a customer's account, or changed what no other row of the timeline tells of.
SELECT change_id FROM changelog WHERE subject IN :family... GROUP BY change_id
HAVING max(CASE WHEN tbl IN ('customers', 'addresses', 'contacts', 'billing_emails', 'external_ids', 'exemptions',
                             'credit_lines', 'customer_levels', 'logins', 'field_values', 'erasures') THEN 1 ELSE 0 END) = 1
  OR max(CASE WHEN operation = 'insert' AND tbl IN ('documents', 'payments', 'refunds', 'returns', 'adjustments',
                'wallet_entries', 'line_repayments', 'notes', 'visits', 'statements', 'sendings', 'mails', 'artwork_jobs',
                'designs', 'site_events')
              OR operation = 'update' AND new <> 'NULL'
                AND field IN ('ordered_on', 'shipped_on', 'invoiced_on', 'canceled_on', 'completed_on')
              THEN 1 ELSE 0 END) = 0

-- name: entries
-- What a change set did for a customer, in order.
SELECT l.seq, l.operation, l.tbl, l.row_id, l.field, l.old, l.new, l.digest
FROM changelog l JOIN changes c ON c.id = :change
WHERE l.subject IN :family... AND l.seq BETWEEN c.first_seq AND c.last_seq ORDER BY l.seq

-- name: kind
-- What a change set was about, by the command that made it.
CASE WHEN c.command LIKE '%merge%' THEN 'merge'
     WHEN c.command LIKE 'customers erase%' OR c.command LIKE 'customers purge%' THEN 'erase'
     WHEN c.command LIKE 'customers consent%' THEN 'consent'
     WHEN c.command LIKE 'customers hold%' OR c.command LIKE 'customers unhold%' THEN 'hold'
     WHEN c.command LIKE 'customers %delete%' OR c.command LIKE 'customers archive%' OR c.command LIKE 'customers restore%'
          OR c.command LIKE 'customers spam%' OR c.command LIKE 'customers not-spam%' THEN 'lifecycle'
     WHEN c.command LIKE 'customers%' THEN 'account'
     WHEN c.command LIKE 'quotes%' THEN 'quote'
     WHEN c.command LIKE 'orders return%' THEN 'return'
     WHEN c.command LIKE 'orders%' OR c.command LIKE 'invoices%' THEN 'order'
     WHEN c.command LIKE 'payments refund%' THEN 'refund'
     WHEN c.command LIKE 'payments%' THEN 'payment'
     WHEN c.command LIKE 'credit%' THEN 'credit'
     WHEN c.command LIKE 'notes%' THEN 'note'
     WHEN c.command LIKE 'visits%' THEN 'visit'
     WHEN c.command LIKE 'statements%' THEN 'statement'
     WHEN c.command LIKE 'emails%' THEN 'mail'
     WHEN c.command LIKE 'designs%' OR c.command LIKE 'layouts%' OR c.command LIKE 'artwork%' THEN 'artwork'
     WHEN c.command LIKE 'import%' THEN 'import'
     WHEN c.command LIKE 'undo%' OR c.command LIKE 'redo%' THEN 'undo'
     ELSE 'other' END

-- name: records
-- The tables that a change set touched for a customer, and how many rows of each.
(SELECT min(t.tbl) || CASE WHEN count(DISTINCT t.tbl) > 1 THEN ' and ' || (count(DISTINCT t.tbl) - 1) || ' more' ELSE '' END
 FROM changelog t WHERE t.change_id = l.change_id AND t.subject = l.customer)

-- name: engagement
-- How a customer is engaged: when first and last seen, how often, with what.
SELECT c.id AS number, c.name, local_day(c.created_at) AS customer_since,
       (SELECT min(e.at) FROM site_events e WHERE e.customer_id = c.id) AS first_seen,
       (SELECT max(e.at) FROM site_events e WHERE e.customer_id = c.id AND e.kind = 'login') AS last_login,
       (SELECT count(*) FROM site_events e WHERE e.customer_id = c.id AND e.kind = 'login') AS logins,
       (SELECT count(*) FROM site_events e WHERE e.customer_id = c.id AND e.kind <> 'login') AS site_events,
       (SELECT count(*) FROM documents d WHERE d.customer_id = c.id AND d.quoted_on IS NOT NULL) AS quotes,
       f.orders, f.last_order_on, f.lifetime_value_cents AS lifetime_value,
       (SELECT count(*) FROM visits v WHERE v.customer_id = c.id) AS visits,
       (SELECT count(*) FROM mails m WHERE m.customer_id = c.id) AS mails, f.last_activity_on,
       (SELECT max(e.at) FROM site_events e WHERE e.customer_id = c.id) AS last_seen,
       (SELECT count(*) FROM payments p WHERE p.customer_id = c.id AND p.status = 'confirmed') AS payments,
       (SELECT count(*) FROM sendings s WHERE s.customer_id = c.id) AS sent
FROM customers c JOIN customer_figures f ON f.customer_id = c.id WHERE c.id = :customer

-- name: seen
-- Note something done on the website, once.
INSERT INTO site_events (customer_id, kind, detail, at)
SELECT :customer, :kind, :detail, :at
WHERE NOT EXISTS (SELECT 1 FROM site_events WHERE customer_id = :customer AND at = :at AND kind = :kind
                    AND detail IS NOT DISTINCT FROM :detail)
RETURNING id
