-- name: last_invoice
-- The day of the newest invoice, or order, of some customers.
SELECT max(coalesce(invoiced_on, ordered_on)) AS day FROM documents
WHERE customer_id IN :ids... AND ordered_on IS NOT NULL AND status <> 'draft'

-- name: contents
-- Bytes that no file has any more.
DELETE FROM file_contents WHERE sha256 NOT IN (SELECT sha256 FROM files)

-- name: moved_in
-- Rows that came to some customers from others.
SELECT DISTINCT tbl, row_id FROM changelog WHERE subject IN :ids... AND operation = 'update' AND field = 'customer_id'

-- name: entries
-- The personal entries about some customers, with the keys they are digested with.
SELECT l.seq, l.change_id, l.operation, l.tbl, l.row_id, l.subject, l.field, l.old, l.new, l.personal, l.digest, k.key
FROM changelog l LEFT JOIN subject_keys k ON k.customer_id = l.subject
WHERE l.subject IN :ids... AND l.personal = 1 AND l.digest IS NULL

-- name: open_entries
-- The other entries about them, digested without a key: an older schema may have had columns among them that are
-- personal now.
SELECT l.seq, l.change_id, l.operation, l.tbl, l.row_id, l.subject, l.field, l.old, l.new, l.personal, l.digest,
       NULL AS key
FROM changelog l WHERE l.subject IN :ids... AND l.personal = 0 AND l.digest IS NULL

-- name: entries_of_merges
-- What merges, and taking them back, wrote of these customers into the details of others.
SELECT l.seq, l.change_id, l.operation, l.tbl, l.row_id, l.subject, l.field, l.old, l.new, l.personal, l.digest, k.key
FROM changelog l LEFT JOIN subject_keys k ON k.customer_id = l.subject
WHERE l.change_id IN (SELECT m.change_id FROM changelog m
                      WHERE m.subject IN :ids... AND m.tbl = 'customers' AND m.field = 'merged_into')
  AND l.tbl IN ('customers', 'billing_emails') AND l.personal = 1 AND l.digest IS NULL

-- name: entries_of_row
-- The entries about one row, whoever it belonged to; of a saved view all of them, since it has no personal part.
SELECT l.seq, l.change_id, l.operation, l.tbl, l.row_id, l.subject, l.field, l.old, l.new, l.personal, l.digest, k.key
FROM changelog l LEFT JOIN subject_keys k ON k.customer_id = l.subject
WHERE l.tbl = :tbl AND l.row_id = :row_id AND (l.personal = 1 OR l.tbl = 'saved_views') AND l.digest IS NULL

-- name: reasons
-- Why changes about some customers were made: a reason may name them.
UPDATE change_reasons SET reason = NULL, salt = NULL
WHERE change_id IN (SELECT change_id FROM changelog WHERE subject IN :ids...)

-- name: idempotency
-- Keys of requests are typed by people too.
DELETE FROM idempotency_keys WHERE change_id IN (SELECT change_id FROM changelog WHERE subject IN :ids...)

-- name: keys
-- Removes the keys of erased customers: what was digested with them can be tested by nobody then.
DELETE FROM subject_keys WHERE customer_id IN :ids...

-- name: said
-- What some customers are called and reached by.
SELECT trim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), company_name, email, mobile_phone, mobile_key,
       home_phone, home_key, alternate_phone, alternate_key FROM customers WHERE id IN :ids...
UNION SELECT email, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM billing_emails WHERE customer_id IN :ids...

-- name: links
-- The contacts by which some customers are linked to companies.
SELECT id FROM contacts WHERE linked_id IN :ids...

-- name: views
-- All saved views, whose filters may name a person.
SELECT id, arguments FROM saved_views ORDER BY id

-- name: view
-- Removes a saved view.
DELETE FROM saved_views WHERE id = :id

-- name: reasons_naming
-- Empties the reasons of change sets that hold a word, whatever its case.
UPDATE change_reasons SET reason = NULL, salt = NULL WHERE instr(lower(reason), :word) > 0

-- name: keys_naming
-- Removes the keys of requests that hold a word, whatever its case.
DELETE FROM idempotency_keys WHERE instr(lower(key), :word) > 0

-- name: due
-- The customers whose request is due on a day.
SELECT customer_id AS id FROM erasures WHERE due_on <= :today AND erased_on IS NULL AND withdrawn_on IS NULL ORDER BY id

-- name: erased
-- Everyone who was erased.
SELECT customer_id AS id FROM erasures WHERE erased_on IS NOT NULL ORDER BY customer_id

-- name: hashes
-- What erased people are recognised by.
SELECT hashes FROM erasures WHERE hashes IS NOT NULL

-- name: reached_by
-- How some customers are reached, in the form for comparing.
SELECT email_key AS key FROM customers WHERE id IN :ids... AND email_key IS NOT NULL
UNION SELECT mobile_key FROM customers WHERE id IN :ids... AND mobile_key IS NOT NULL
UNION SELECT home_key FROM customers WHERE id IN :ids... AND home_key IS NOT NULL
UNION SELECT alternate_key FROM customers WHERE id IN :ids... AND alternate_key IS NOT NULL
UNION SELECT email_key FROM billing_emails WHERE customer_id IN :ids...

-- name: request
-- The newest request to erase a customer.
SELECT c.id, c.status, CASE WHEN e.erased_on IS NOT NULL THEN 'done' WHEN e.withdrawn_on IS NOT NULL THEN 'withdrawn'
       ELSE 'open' END AS request, e.requested_on, e.due_on
FROM erasures e JOIN customers c ON c.id = e.customer_id WHERE c.id = :id ORDER BY e.id DESC LIMIT 1
