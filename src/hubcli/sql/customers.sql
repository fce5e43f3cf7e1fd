-- name: search
-- The customers that fit every filter given; with an exact ZIP+4 those that have it come first.
SELECT c.id AS number, c.name, c.kind, c.type, c.source, f.stage, c.mobile_phone, c.email, b.zip, s.login AS manager,
       f.orders, f.lifetime_value_cents AS lifetime_value, f.last_order_on, c.status,
@{search.matched}
       , (SELECT 'C' || p.id || ' ' || p.name FROM contacts k JOIN customers p ON p.id = k.customer_id
          WHERE k.linked_id = c.id) AS company
       , f.credit_cents AS credit_balance
@{customers.more}
       ,  -- [own_fields]
@{export.own_fields}  -- [own_fields]
@{search.source}
LEFT JOIN addresses b ON b.customer_id = c.id AND b.kind = 'billing'
LEFT JOIN staff s ON s.id = c.manager_id
@{search.hit}
@{customers.conditions}
ORDER BY
  CASE WHEN c.id = :numbered THEN 0 ELSE 1 END,  -- [numbered]
  CASE WHEN b.zip IN :zip_exact... THEN 0 ELSE 1 END,  -- [zip_exact]
  c.sort_name, c.id -- {order}
LIMIT :first  -- [first]

-- name: more
-- Columns of a list of customers that are there when they are asked for; a list of companies has the first two.
       , (SELECT coalesce(sum(o.owed_cents), 0) FROM customer_figures o WHERE o.customer_id IN (  -- [show_outstanding]
            SELECT c.id UNION ALL  -- [show_outstanding]
            SELECT k.linked_id FROM contacts k WHERE k.customer_id = c.id AND k.linked_id IS NOT NULL))  -- [show_outstanding]
         + (SELECT coalesce(sum(owed), 0) FROM (SELECT g.owed FROM credit_line_debts g  -- [show_outstanding]
            WHERE g.kind = 'draw' AND g.customer_id IN (SELECT c.id UNION ALL  -- [show_outstanding]
              SELECT k.linked_id FROM contacts k WHERE k.customer_id = c.id AND k.linked_id IS NOT NULL)  -- [show_outstanding]
            LIMIT 1000000000)) AS outstanding  -- [show_outstanding]
       , (SELECT l.limit_cents FROM credit_lines l WHERE l.customer_id = c.id AND l.closed_on IS NULL) AS credit_limit  -- [show_credit_limit]
       , c.on_hold  -- [show_on_hold]
       , c.consent  -- [show_consent]
       , (SELECT nullif(count(*), 0) || CASE WHEN max(n.important) = 1 THEN '!' ELSE '' END FROM notes n  -- [show_notes]
          WHERE n.customer_id = c.id AND n.deleted_at IS NULL) AS notes  -- [show_notes]
       , c.merged_into  -- [show_merged_into]

-- name: conditions
-- Every filter of search, list, export and the bulk commands, over c (customers), f (figures), b (billing address).
WHERE TRUE
  AND c.status IN :status...  -- [!narrow]
  AND coalesce(c.status, '') IN :status...  -- [narrow]
  AND c.kind IN :kind...  -- [kind]
  AND c.type IN :type...  -- [type]
  AND c.source IN :source...  -- [source]
  AND f.stage IN :stage...  -- [stage]
  AND c.found_us COLLATE NOCASE IN :found_us...  -- [found_us]
  AND c.manager_id IN :manager...  -- [manager] -- [!no_manager]
  AND c.manager_id IS NULL  -- [no_manager] -- [!manager]
  AND (c.manager_id IS NULL OR c.manager_id IN :manager...)  -- [manager] -- [no_manager]
  AND c.on_hold = 1  -- [on_hold]
  AND coalesce(c.consent, 0) IN :consent...  -- [consent]
  AND (lower(c.company_name) IN :company...  -- [company]
    OR c.id IN (SELECT k.linked_id FROM contacts k WHERE k.customer_id IN :company_id...)  -- [company] -- [company_id]
  )  -- [company]
  AND b.zip_key IN :zip...  -- [zip]
  AND any{b.zip_key >= :zip_from AND b.zip_key < :zip_to}  -- [zip_from]
  AND (c.mobile_tail IN :phone_tail... OR c.home_tail IN :phone_tail... OR c.alternate_tail IN :phone_tail...)  -- [phone_tail]
  AND any{c.mobile_key LIKE :phone OR c.home_key LIKE :phone OR c.alternate_key LIKE :phone}  -- [phone]
  AND c.id IN :among...  -- [among]
  AND c.id IN (  -- [text]
@{search.customers}  -- [text]
    UNION SELECT id FROM customers WHERE id = :numbered  -- [text] -- [numbered]
    UNION SELECT d.customer_id FROM line_terms t CROSS JOIN document_lines l ON l.term_id = t.id  -- [text]
          CROSS JOIN documents d ON d.id = l.document_id WHERE t.folded LIKE :text ESCAPE '\' AND t.folded <> ''  -- [text]
    UNION SELECT d.customer_id FROM line_serials n CROSS JOIN document_lines l ON l.id = n.line_id  -- [text]
          CROSS JOIN documents d ON d.id = l.document_id  -- [text]
          WHERE n.serial_key >= :serial_from AND n.serial_key < :serial_to)  -- [text]
  AND (FALSE  -- [words]
@{search.words}
    OR EXISTS (SELECT 1 FROM documents d CROSS JOIN document_lines l  -- [terms]
               WHERE d.customer_id = c.id AND l.document_id = d.id AND l.term_id IN :terms...)  -- [terms]
    OR c.id IN :holders...  -- [holders]
  )  -- [words]
  AND EXISTS (SELECT 1 FROM documents d WHERE d.customer_id = c.id AND d.status <> 'draft'  -- [ordered_from]
    AND d.ordered_on IS NOT NULL AND any{d.ordered_on >= :ordered_from AND d.ordered_on <= :ordered_to}  -- [ordered_from]
    AND EXISTS (SELECT 1 FROM document_lines l CROSS JOIN line_terms t  -- [bought_then]
                WHERE l.document_id = d.id AND t.id = l.term_id AND any{t.folded LIKE :bought_then ESCAPE '\'})  -- [bought_then]
  )  -- [ordered_from]
  AND c.id IN (SELECT d.customer_id FROM line_terms t CROSS JOIN document_lines l ON l.term_id = t.id  -- [bought]
               CROSS JOIN documents d ON d.id = l.document_id  -- [bought]
               WHERE any{t.folded LIKE :bought ESCAPE '\'} AND d.ordered_on IS NOT NULL AND d.status <> 'draft')  -- [bought]
  AND c.id IN (SELECT d.customer_id FROM line_serials n CROSS JOIN document_lines l ON l.id = n.line_id  -- [serial_number]
               CROSS JOIN documents d ON d.id = l.document_id WHERE any{n.serial_key LIKE :serial_number ESCAPE '\'})  -- [serial_number]
  AND c.id IN (SELECT a.customer_id FROM addresses a WHERE any{a.street_key LIKE :street ESCAPE '\'})  -- [street]
  AND EXISTS (SELECT 1 FROM addresses a WHERE a.customer_id = c.id AND a.city_key IN :city...)  -- [city]
  AND EXISTS (SELECT 1 FROM addresses a  -- [state]
              WHERE a.customer_id = c.id AND a.kind <> 'former' AND upper(a.state) IN :state...)  -- [state]
  AND EXISTS (SELECT 1 FROM addresses a WHERE a.customer_id = c.id AND a.zip_key IN :any_zip...)  -- [any_zip]
  AND (FALSE  -- [missing]
    OR c.mobile_key IS NULL  -- [missing_mobile]
    OR c.email_key IS NULL  -- [missing_email]
    OR b.zip IS NULL  -- [missing_zip]
    OR EXISTS (SELECT 1 FROM custom_fields g WHERE g.required = 1 AND g.retired = 0 AND NOT EXISTS (  -- [missing_fields]
      SELECT 1 FROM field_values v WHERE v.customer_id = c.id AND v.field_id = g.id))  -- [missing_fields]
  )  -- [missing]
  AND (SELECT count(DISTINCT v.field_id) FROM field_values v  -- [own_values]
       WHERE v.customer_id = c.id AND v.field_id || '=' || v.value IN :own_values...) = :own_count  -- [own_values]
  AND NOT EXISTS (SELECT 1 FROM field_values v WHERE v.customer_id = c.id AND v.field_id IN :own_without...  -- [own_without]
    AND v.field_id || '=' || v.value NOT IN :own_or...  -- [own_without] -- [own_or]
  )  -- [own_without]
  AND f.owed_cents + (SELECT coalesce(sum(owed), 0) FROM (SELECT g.owed FROM credit_line_debts g  -- [owes]
                      WHERE g.customer_id = c.id AND g.kind = 'draw' LIMIT 1000000000)) >= :owes  -- [owes]
  AND c.id IN (  -- [overdue_on]
@{customers.late}  -- [overdue_on]
  )  -- [overdue_on]
  AND EXISTS (SELECT 1 FROM credit_lines y WHERE y.customer_id = c.id AND y.closed_on IS NULL AND y.limit_cents <  -- [over_limit]
@{credit_line.used_of}  -- [over_limit]
  )  -- [over_limit]
  AND EXISTS (SELECT 1 FROM credit_lines y WHERE y.customer_id = c.id AND y.closed_on IS NULL AND y.limit_cents * 9 <= 10 *  -- [near_limit]
@{credit_line.used_of}  -- [near_limit]
  )  -- [near_limit]
  AND f.credit_cents > 0  -- [has_credit]
  AND f.last_activity_on < :idle_since  -- [idle_since]
  AND any{c.archived_at >= :archived_from AND c.archived_at <= :archived_to}  -- [archived_from]
  AND c.archived_by IN :archived_by...  -- [archived_by]
  AND c.id IN (  -- [changed_after|changed_at]
    SELECT l.subject FROM changelog l WHERE l.change_id > :changed_after  -- [changed_after]
    UNION  -- [changed_after] -- [changed_at]
    SELECT l.subject FROM changelog l JOIN changes h ON h.id = l.change_id WHERE h.recorded_at >= :changed_at  -- [changed_at]
  )  -- [changed_after|changed_at]

-- name: company_named
-- Whether customers belong to a company of this name that was typed for them.
SELECT 1 AS there FROM customers WHERE lower(company_name) = :name LIMIT 1

-- name: found_us
-- What customers were told to have found the shop by; one word of it, or every one.
SELECT DISTINCT found_us AS word FROM customers WHERE found_us IS NOT NULL
  AND found_us = :word COLLATE NOCASE  -- [word]
ORDER BY 1
LIMIT 1  -- [word]

-- name: late
-- Customers with an order or a draw on the credit line that is past due on a day. Without terms an order is due on its
-- own day, on account not before it was invoiced.
SELECT d.customer_id FROM documents d
WHERE d.ordered_on IS NOT NULL AND d.status NOT IN ('draft', 'canceled')
  AND d.charged_cents <> d.paid_cents + d.pending_cents AND d.charged_cents > d.paid_cents + d.pending_cents
  AND CASE WHEN d.on_account = 0 THEN d.ordered_on WHEN d.invoiced_on IS NOT NULL THEN d.due_on END < :overdue_on
UNION SELECT g.customer_id FROM credit_line_debts g WHERE g.kind = 'draw' AND g.due < :overdue_on

-- name: head
-- One customer, its kept figures (money in cents) and its account manager.
SELECT c.*, f.*, s.login AS manager, s.name AS manager_name FROM customers c
LEFT JOIN customer_figures f ON f.customer_id = c.id LEFT JOIN staff s ON s.id = c.manager_id WHERE c.id = :id

-- name: by_email
-- Customers with an e-mail address of their own or for billing; key is folded.
SELECT id, name, status, merged_into FROM customers WHERE email_key = :key
UNION SELECT c.id, c.name, c.status, c.merged_into FROM billing_emails e JOIN customers c ON c.id = e.customer_id WHERE e.email_key = :key
ORDER BY 1

-- name: by_phone
-- Customers with a phone: its last seven digits, which an index finds, and a pattern for the whole.
SELECT c.id, c.name, c.status, c.merged_into FROM customers c
WHERE (c.mobile_tail = :tail OR c.home_tail = :tail OR c.alternate_tail = :tail)
  AND (c.mobile_key LIKE :phone OR c.home_key LIKE :phone OR c.alternate_key LIKE :phone)
ORDER BY c.id

-- name: by_name
-- Customers of exactly this name, folded.
SELECT c.id, c.name, c.status, c.merged_into FROM customers c WHERE c.sort_name = :name AND c.status IN :status... ORDER BY c.id

-- name: by_external
-- The customer that another system knows under a number.
SELECT c.id, c.name, c.status, c.merged_into FROM external_ids x JOIN customers c ON c.id = x.customer_id
WHERE x.system = :system AND x.external_id = :external_id

-- name: with_words
-- Customers whose text holds every word, for "did you mean".
SELECT c.id, c.name, c.status FROM customers c WHERE c.status <> 'purged' AND c.id IN (
@{search.customers}
) ORDER BY c.sort_name, c.id LIMIT 10

-- name: version
-- The last change set that touched a customer.
SELECT max(l.change_id) AS change FROM changelog l WHERE l.subject = :id AND l.seq = (
  SELECT max(seq) FROM changelog WHERE subject = :id)

-- name: blockers
-- The active quotes and orders of a customer on a day.
SELECT d.id, o.kind, d.status, d.expires_on, d.total_cents, d.paid_cents + d.pending_cents AS paid_cents, d.open_lines
FROM open_documents o JOIN documents d ON d.id = o.id
WHERE o.customer_id = :id AND (o.open_until IS NULL OR o.open_until >= :today) ORDER BY d.id

-- name: addresses
-- All addresses of a customer: billing, delivery with the default one first, former ones.
SELECT id, kind, is_default, label, line1, line2, city, state, zip, country, former_on FROM addresses
WHERE customer_id = :id
ORDER BY CASE kind WHEN 'billing' THEN 0 WHEN 'delivery' THEN 1 ELSE 2 END, is_default DESC, id

-- name: contact_row
-- A contact as it is shown: a linked one has the name, phone and e-mail of the customer.
SELECT k.id, coalesce(k.first_name, c.first_name) AS first_name, coalesce(k.last_name, c.last_name) AS last_name,
       coalesce(k.phone, c.mobile_phone) AS phone, coalesce(k.email, c.email) AS email, k.relationship, k.type,
       k.linked_id AS linked, k.gets_orders, k.gets_bills, k.gets_artwork, k.gets_shipping, k.customer_id
FROM contacts k LEFT JOIN customers c ON c.id = k.linked_id
WHERE TRUE
  AND k.id = :contact  -- [contact]
  AND k.customer_id = :id  -- [id]
ORDER BY k.id

-- name: linked
-- The people of a company who are customers themselves, erased ones left out.
SELECT k.id, k.linked_id FROM contacts k JOIN customers p ON p.id = k.linked_id
WHERE k.customer_id = :company AND p.status <> 'purged' ORDER BY k.id

-- name: billing_emails
-- The further addresses that a customer's invoices go to, in the order they were added.
SELECT id, email FROM billing_emails WHERE customer_id = :id ORDER BY id

-- name: external_ids
-- The numbers that other systems know a customer under.
SELECT system, external_id FROM external_ids WHERE customer_id = :id ORDER BY system, external_id

-- name: notes
-- The notes of a customer, important ones first, then the newest.
SELECT id, type, persistence, important, text, author, written_on FROM notes
WHERE customer_id = :id AND deleted_at IS NULL ORDER BY important DESC, id DESC

-- name: documents
-- The latest quotes and orders of a customer, open ones first.
SELECT d.id, CASE WHEN d.ordered_on IS NULL THEN 'quote' ELSE 'order' END AS kind,
       coalesce(d.ordered_on, d.quoted_on) AS date, d.job_name, d.status, d.expires_on, d.total_cents,
       d.charged_cents - d.paid_cents - d.pending_cents AS balance_cents, d.open_lines,
       EXISTS (SELECT 1 FROM open_documents o WHERE o.id = d.id
                 AND (o.open_until IS NULL OR o.open_until >= :today)) AS active, count(*) OVER () AS there
FROM documents d WHERE d.customer_id = :id
ORDER BY 10 DESC, 3 DESC, d.id DESC LIMIT :limit

-- name: stale
-- Active customers idle since before a day, with what keeps them from being archived: active documents, customer credit.
SELECT c.id, c.name, f.last_activity_on, f.credit_cents > 0 AS has_credit,
       EXISTS (SELECT 1 FROM open_documents o WHERE o.customer_id = c.id
                 AND (o.open_until IS NULL OR o.open_until >= :today)) AS blocked
FROM customer_figures f JOIN customers c ON c.id = f.customer_id
WHERE f.last_activity_on < :before AND c.status = 'active' ORDER BY c.id

-- name: archive
-- Archives a customer that is active; nothing happens to another one.
UPDATE customers SET status = 'archived', archived_at = :at, archived_by = :by WHERE id = :id AND status = 'active'

-- name: restore
-- Makes an archived, deleted or spam customer active again, as work done today.
UPDATE customers SET status = 'active', archived_at = NULL, archived_by = NULL, touched_on = :today
WHERE id = :id AND status IN ('archived', 'deleted', 'spam')

-- name: awake
-- Archived customers with a quote or an order that is active, of those whose money, goods or visits the change under way
-- touched: a check bounced, say, or money was given back.
SELECT DISTINCT c.id, c.name,
       (SELECT CASE d.kind WHEN 'quote' THEN 'Q' ELSE 'O' END || d.id FROM open_documents d WHERE d.customer_id = c.id
          AND (d.open_until IS NULL OR d.open_until >= :today) ORDER BY d.id LIMIT 1) AS document
FROM changelog l CROSS JOIN customers c ON c.id = l.subject AND c.status = 'archived'
WHERE l.seq > coalesce((SELECT last_seq FROM changes WHERE last_seq IS NOT NULL ORDER BY id DESC LIMIT 1), 0)
  AND l.tbl IN ('documents', 'document_lines', 'line_services', 'payments', 'refunds', 'returns', 'adjustments',
    'line_repayments', 'visits')
  AND EXISTS (SELECT 1 FROM open_documents d WHERE d.customer_id = c.id
    AND (d.open_until IS NULL OR d.open_until >= :today))

-- name: touch
-- Notes that someone worked on the record on a day, unless that was noted for it or a later one.
UPDATE customers SET touched_on = :today WHERE id = :id AND (touched_on IS NULL OR touched_on < :today)

-- name: active_count
-- How many customers are active.
SELECT count(*) AS n FROM customers WHERE status = 'active'

-- name: last_import
-- The business day of the last import of customers that was not undone; none without one.
SELECT max(c.business_on) AS day FROM changes c WHERE c.command = 'import customers' AND c.undoes IS NULL
  AND NOT EXISTS (SELECT 1 FROM changes u WHERE u.undoes = c.id)

-- name: chosen
-- The numbers of the customers that fit every filter given.
SELECT c.id FROM customers c
LEFT JOIN customer_figures f ON f.customer_id = c.id
LEFT JOIN addresses b ON b.customer_id = c.id AND b.kind = 'billing'
@{search.hit}
@{customers.conditions}
ORDER BY c.id

-- name: brief
-- What is printed of customers that were written.
SELECT c.id AS number, c.name, c.kind, c.status, c.type, c.source, c.mobile_phone, c.email, b.zip, s.login AS manager
FROM customers c LEFT JOIN addresses b ON b.customer_id = c.id AND b.kind = 'billing'
LEFT JOIN staff s ON s.id = c.manager_id WHERE c.id IN :ids... ORDER BY c.id

-- name: same_phone
-- Customers that have a number as any of their phones.
SELECT c.id, c.name, c.status, c.merged_into FROM customers c
WHERE (c.mobile_tail = :tail OR c.home_tail = :tail OR c.alternate_tail = :tail)
  AND (c.mobile_key = :key OR c.home_key = :key OR c.alternate_key = :key)
ORDER BY c.id

-- name: address
-- One address by its number, whosever it is.
SELECT * FROM addresses WHERE id = :id

-- name: address_of
-- The billing address of a customer, or the default delivery address.
SELECT * FROM addresses WHERE customer_id = :customer AND kind = :kind AND (kind = 'billing' OR is_default = 1)

-- name: any_delivery
-- Any one delivery address of a customer.
SELECT id FROM addresses WHERE customer_id = :customer AND kind = 'delivery' LIMIT 1

-- name: no_default
-- Takes the default away from a customer's delivery addresses, all or all besides one.
UPDATE addresses SET is_default = 0
WHERE customer_id = :customer AND is_default = 1 AND id <> coalesce(:besides, 0)

-- name: remove_address
-- Removes an address.
DELETE FROM addresses WHERE id = :id

-- name: contact
-- One contact by its number, whosever it is.
SELECT * FROM contacts WHERE id = :id

-- name: remove_contact
-- Removes a contact.
DELETE FROM contacts WHERE id = :id

-- name: remove_billing_email
-- Removes a further address for invoices.
DELETE FROM billing_emails WHERE id = :id

-- name: remove_external_id
-- Removes the number that another system knows a customer under.
DELETE FROM external_ids WHERE customer_id = :id AND system = :system AND external_id = :external_id

-- name: assign
-- Gives a customer an account manager, or none.
UPDATE customers SET manager_id = :manager WHERE id = :id

-- name: managed_otherwise
-- Those of the customers whose account manager is another.
SELECT id FROM customers WHERE id IN :ids... AND manager_id IS DISTINCT FROM :manager ORDER BY id

-- name: overdue
-- What is past due on the orders of a customer: without terms an order is due on its own day.
SELECT coalesce(sum(charged_cents - paid_cents - pending_cents), 0) AS overdue FROM documents
WHERE customer_id = :id AND ordered_on IS NOT NULL AND status NOT IN ('draft', 'canceled')
  AND charged_cents > paid_cents + pending_cents
  AND CASE WHEN on_account = 0 THEN ordered_on WHEN invoiced_on IS NOT NULL THEN due_on END < :today

-- name: recent
-- What the latest log entries about a customer are, for the last lines of the screen.
SELECT l.change_id AS change, c.business_on AS date, c.actor, c.command, l.operation, l.tbl, l.field, count(*) AS count
FROM (SELECT change_id, operation, tbl, field, row_id FROM changelog WHERE subject IN :ids...
      AND NOT (operation <> 'update' AND personal = 1) ORDER BY seq DESC LIMIT :limit) l
JOIN changes c ON c.id = l.change_id
GROUP BY l.change_id, c.business_on, c.actor, c.command, l.operation, l.tbl, l.field
ORDER BY max(l.row_id)
