-- Checks of what only SQLite keeps: its text search and its counters.

-- name: words
-- Every customer that the search index holds, with the words it should hold and those it does.
SELECT c.id, c.name, c.sort_name, c.first_name, c.last_name, c.company_name, c.building_code, c.email, c.mobile_key,
       c.home_key, c.alternate_key,
       (SELECT group_concat(email, ' ') FROM billing_emails e WHERE e.customer_id = c.id) AS billing_emails,
       (SELECT group_concat(coalesce(k.first_name, '') || ' ' || coalesce(k.last_name, '') || ' '
                            || coalesce(k.phone_key, '') || ' ' || coalesce(k.email, ''), ' ')
        FROM contacts k WHERE k.customer_id = c.id) AS contacts,
       s.folded
FROM customers c LEFT JOIN customer_search s ON s.rowid = c.id WHERE c.sort_name IS NOT NULL ORDER BY c.id

-- name: unowned_words
-- Words in the search index of customers that are not there, and that do not wait to be forgotten.
SELECT s.rowid AS id FROM customer_search s
WHERE NOT EXISTS (SELECT 1 FROM customers c WHERE c.id = s.rowid)
  AND NOT EXISTS (SELECT 1 FROM search_gone g WHERE g.customer_id = s.rowid)

-- name: places
-- Addresses with the folded text that is kept of them.
SELECT id, line1, line2, city, street_key, city_key FROM addresses WHERE street_key IS NOT NULL

-- name: terms
-- Models and descriptions with the folded text that is kept of them.
SELECT id, model, description, folded FROM line_terms WHERE folded IS NOT NULL

-- name: index_holds
-- Raises an error when the search index is not that of its own text; asked of a copy, since it takes the write lock.
INSERT INTO customer_search (customer_search, rank) VALUES ('integrity-check', 1)

-- name: A06
-- The clock never ran back by more than a day from one change set to the next: several hubs may write at once, each
-- with the moment that it was started at.
SELECT 'H' || a.id AS record, 'was recorded before the change set before it' AS what
FROM changes a JOIN changes b ON b.id = a.id - 1
WHERE julianday(a.recorded_at) < julianday(b.recorded_at) - 1 ORDER BY a.id

-- name: forgotten
-- Personal values of purged customers that the change log still holds.
SELECT DISTINCT g.subject AS id FROM changelog g JOIN customers c ON c.id = g.subject
WHERE c.status = 'purged' AND g.personal = 1 AND (g.old IS NOT NULL OR g.new IS NOT NULL)

-- name: counters
-- The highest number each table ever gave.
SELECT name, seq FROM sqlite_sequence
