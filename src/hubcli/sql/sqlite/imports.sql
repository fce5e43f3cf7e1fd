-- What only SQLite writes so: the trigram index by rowid, and the counter of numbers that were ever given.

-- name: add_words
-- Puts the words of the new customers into the search index, in the order of their numbers.
INSERT INTO customer_search (rowid, folded)
SELECT n.customer_id, s.folded FROM staged s CROSS JOIN born n ON n.line = s.line ORDER BY n.customer_id

-- name: highest_number
-- The highest customer number, given already or named by the file.
SELECT max(coalesce((SELECT max(number) FROM staged), 0),
           coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'customers'), 0)) AS number

-- name: last_numbers
-- The last numbers given, the last entry of the log, and the change set under way.
SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'addresses'), 0) AS addresses,
       coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'billing_emails'), 0) AS billing_emails,
       coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'external_ids'), 0) AS external_ids,
       coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'notes'), 0) AS notes,
       coalesce((SELECT max(seq) FROM changelog), 0) AS entry,
       (SELECT id FROM open_change) AS change

-- name: laid
-- Indexes of some tables, and those triggers of theirs that are idle in a bulk change.
SELECT type, name, sql FROM sqlite_schema
WHERE sql IS NOT NULL AND tbl_name IN :tables...
  AND (type = 'index' OR (type = 'trigger' AND (name = 'changelog_once' OR name GLOB 'log_*' OR name GLOB 'guard_*'
    OR name GLOB 'figures_*' OR name GLOB 'search_*')))
ORDER BY rowid

-- name: highest_document
-- The highest document number, given already or named by the file.
SELECT max(:named, coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'documents'), 0)) AS number

-- name: highest_payment
-- The highest payment number ever given.
SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'payments'), 0) AS number
