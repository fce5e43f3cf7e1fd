-- The search index as SQLite keeps it: folded text in trigrams. Only one pattern of at least three characters goes to
-- the index (`word_1`), where `_` stands for characters that LIKE would read as its own; instr confirms it, and looks for
-- the other words in what it finds. SQLite 3.40 finds nothing for one character that is not ASCII, and crashes on a
-- pattern of under and one of over three characters.

-- name: customers
-- Customers whose names, e-mails, phones or contacts hold every one of the words.
SELECT rowid FROM customer_search
WHERE instr(folded, :plain_1) > 0
  AND folded LIKE :word_1  -- [word_1]
  AND instr(folded, :plain_2) > 0  -- [plain_2]
  AND instr(folded, :plain_3) > 0  -- [plain_3]
  AND instr(folded, :plain_4) > 0  -- [plain_4]
UNION SELECT rowid FROM customer_search WHERE folded LIKE :digits_1 AND instr(folded, :digits) > 0  -- [digits]

-- name: words
-- The same as a test of one customer, whose text stands beside it as "hit".
    OR (instr(hit.folded, :plain_1) > 0  -- [words]
      AND instr(hit.folded, :plain_2) > 0  -- [plain_2]
      AND instr(hit.folded, :plain_3) > 0  -- [plain_3]
      AND instr(hit.folded, :plain_4) > 0  -- [plain_4]
    )  -- [words]
    OR instr(hit.folded, :digits) > 0  -- [words] -- [digits]
    OR c.id = :numbered  -- [words] -- [numbered]

-- name: candidates
-- Customers whose text holds these trigrams, read from the index alone: all that hold the words, and a few more.
SELECT rowid FROM customer_search WHERE customer_search MATCH :trigrams LIMIT :most OFFSET :skip

-- name: scanned
-- Customers whose text holds the words, for words too short for trigrams.
SELECT rowid FROM customer_search
WHERE instr(folded, :plain_1) > 0
  AND instr(folded, :plain_2) > 0  -- [plain_2]
  AND instr(folded, :plain_3) > 0  -- [plain_3]
  AND instr(folded, :plain_4) > 0  -- [plain_4]
LIMIT :most OFFSET :skip

-- name: source
-- Customers with their figures, in the order of an index where the first of many are wanted without sorting all.
FROM customers c  -- [!by_value|by_last_order]
INDEXED BY customers_by_name  -- [by_name]
NOT INDEXED  -- [by_id]
LEFT JOIN customer_figures f ON f.customer_id = c.id  -- [!by_value|by_last_order]
FROM customer_figures f INDEXED BY figures_by_value  -- [by_value]
FROM customer_figures f INDEXED BY figures_by_last_order  -- [by_last_order]
CROSS JOIN customers c ON c.id = f.customer_id  -- [by_value|by_last_order]

-- name: matched
-- Where the first word was found; the parts of a customer's text stand between marks.
       CASE  -- [text|words]
            WHEN c.id = :numbered THEN 'number'  -- [text|words] -- [numbered]
            WHEN hit.rowid IS NULL THEN 'line'  -- [text|words]
            WHEN instr(hit.folded, :digits) >= instr(hit.folded, char(57348)) THEN 'contact'  -- [text|words] -- [digits]
            WHEN instr(hit.folded, :digits) > 0 THEN 'phone'  -- [text|words] -- [digits]
            WHEN instr(hit.folded, :plain_1) = 0 THEN 'line'  -- [text|words]
            WHEN instr(hit.folded, :plain_1) < instr(hit.folded, char(57345)) THEN 'name'  -- [text|words]
            WHEN instr(hit.folded, :plain_1) < instr(hit.folded, char(57346)) THEN 'company'  -- [text|words]
            WHEN instr(hit.folded, :plain_1) < instr(hit.folded, char(57347)) THEN 'email'  -- [text|words]
            WHEN instr(hit.folded, :plain_1) < instr(hit.folded, char(57348)) THEN 'phone'  -- [text|words]
            ELSE 'contact' END AS matched  -- [text|words]
       NULL AS matched  -- [!text|words]

-- name: hit
-- The words of each customer found, beside the customer.
LEFT JOIN customer_search hit ON hit.rowid = c.id  -- [text|words]

-- name: waiting
-- Customers whose words the index does not hold yet, with all of them.
SELECT c.id, c.name, c.first_name, c.last_name, c.company_name, c.building_code, c.email, c.mobile_key, c.home_key,
       c.alternate_key,
       (SELECT group_concat(email, ' ') FROM billing_emails e WHERE e.customer_id = c.id) AS billing_emails,
       (SELECT group_concat(coalesce(k.first_name, '') || ' ' || coalesce(k.last_name, '') || ' '
                            || coalesce(k.phone_key, '') || ' ' || coalesce(k.email, ''), ' ')
        FROM contacts k WHERE k.customer_id = c.id) AS contacts
FROM customers c WHERE c.sort_name IS NULL ORDER BY c.id

-- name: gone
-- Customers that are gone and still have words in the index.
SELECT customer_id FROM search_gone

-- name: forget
-- Removes the words of a customer from the index.
DELETE FROM customer_search WHERE rowid = ?

-- name: forget_gone
-- Empties the list of customers that are gone.
DELETE FROM search_gone

-- name: learn
-- Puts the words of a customer into the index.
INSERT INTO customer_search (rowid, folded) VALUES (?, ?)

-- name: named
-- Gives a customer the name to sort by, which ends its waiting for the index.
UPDATE customers SET sort_name = ? WHERE id = ?

-- name: waiting_addresses
-- Addresses that wait for their folded text.
SELECT id, line1, line2, city FROM addresses WHERE street_key IS NULL ORDER BY id

-- name: placed
-- Gives an address its folded street and city, which ends its waiting.
UPDATE addresses SET street_key = ?, city_key = ? WHERE id = ?

-- name: waiting_terms
-- Models and descriptions that wait for their folded text.
SELECT id, model, description FROM line_terms WHERE folded IS NULL ORDER BY id

-- name: termed
-- Gives a model and description its folded text, which ends its waiting.
UPDATE line_terms SET folded = ? WHERE id = ?

-- name: is_waiting
-- Whether anything waits for the search index.
SELECT 1 WHERE EXISTS (SELECT 1 FROM customers WHERE sort_name IS NULL)
  OR EXISTS (SELECT 1 FROM addresses WHERE street_key IS NULL)
  OR EXISTS (SELECT 1 FROM line_terms WHERE folded IS NULL)
  OR EXISTS (SELECT 1 FROM search_gone)
