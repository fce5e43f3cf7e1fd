-- name: list
-- The catalogue; with a price level, its price beside the list price.
SELECT m.model, m.description, m.price_cents AS price, m.cost_cents AS cost,
       CASE WHEN m.price_cents > 0 AND m.price_cents >= m.cost_cents
            THEN (20000 * (m.price_cents - m.cost_cents) + m.price_cents) / (2 * m.price_cents)
            WHEN m.price_cents > 0 AND m.cost_cents IS NOT NULL
            THEN -((20000 * (m.cost_cents - m.price_cents) + m.price_cents) / (2 * m.price_cents)) END AS margin,
       m.condition, m.discontinued,
       p.price_cents  -- [level]
       NULL  -- [!level]
       AS level_price
FROM models m
LEFT JOIN level_prices p ON p.model_id = m.id AND p.level_id = :level  -- [level]
WHERE 1 = 1
  AND (lower(m.model) LIKE :text OR lower(m.description) LIKE :text)  -- [text]
  AND m.condition IN :condition...  -- [condition]
  AND m.discontinued = :discontinued  -- [discontinued]
ORDER BY
  m.model -- {order}

-- name: by_model
-- A model by its exact name; price and cost in cents.
SELECT * FROM models WHERE model = :model

-- name: like_model
-- Models of this name in whatever case: two are enough to see that it is not clear.
SELECT * FROM models WHERE lower(model) = lower(:model) ORDER BY id LIMIT 2

-- name: near
-- Models that begin so in whatever case, for "did you mean".
SELECT model FROM models WHERE lower(model) LIKE :start ORDER BY model LIMIT 50

-- name: prices
-- What a model costs at each level that has a price for it.
SELECT l.name AS level, p.price_cents AS price FROM level_prices p JOIN price_levels l ON l.id = p.level_id
WHERE p.model_id = :model ORDER BY l.name

-- name: level_price
-- The price of a model at a level, in cents, where the level has one of its own.
SELECT id, price_cents FROM level_prices WHERE level_id = :level AND model_id = :model

-- name: remove_level_price
-- Takes the price that a model has at a level away.
DELETE FROM level_prices WHERE level_id = :level AND model_id = :model

-- name: levels
-- The price levels, with how many models have a price at each and how many customers buy at it; list prices, under the
-- name that the shop gives them, come first: everybody active buys at them who was given no other level.
SELECT :list AS name, (SELECT count(*) FROM models m WHERE m.price_cents IS NOT NULL) AS models,
       (SELECT count(*) FROM customers c WHERE c.status = 'active'
          AND NOT EXISTS (SELECT 1 FROM customer_levels g WHERE g.customer_id = c.id)) AS customers, 1 AS is_default
UNION ALL
SELECT l.name, (SELECT count(*) FROM level_prices p WHERE p.level_id = l.id),
       (SELECT count(*) FROM customer_levels c WHERE c.level_id = l.id), 0
FROM price_levels l
ORDER BY
  4 DESC, 1 -- {order}

-- name: clear_level
-- Takes all prices of a level away.
DELETE FROM level_prices WHERE level_id = :level

-- name: remove_level
-- Removes a price level, which by then has no prices.
DELETE FROM price_levels WHERE id = :level

-- name: at_level
-- The customers who buy at a price level.
SELECT customer_id FROM customer_levels WHERE level_id = :level ORDER BY customer_id

-- name: level
-- A price level by its name in whatever case.
SELECT id, name FROM price_levels WHERE lower(name) = lower(:name)

-- name: customer_level
-- The price level that a customer buys at, if one was given.
SELECT c.id, c.level_id, l.name FROM customer_levels c JOIN price_levels l ON l.id = c.level_id
WHERE c.customer_id = :customer

-- name: price_for
-- What a customer pays for a model at their level: their own, else that of the company they are linked to.
SELECT p.price_cents FROM level_prices p
WHERE p.model_id = :model AND p.level_id = coalesce(
  (SELECT level_id FROM customer_levels WHERE customer_id = :customer),
  (SELECT c.level_id FROM contacts k JOIN customer_levels c ON c.customer_id = k.customer_id WHERE k.linked_id = :customer))

-- name: leave_level
-- Takes the price level of a customer away.
DELETE FROM customer_levels WHERE customer_id = :customer

-- name: sold
-- How often a model stands on orders and on quotes.
SELECT count(DISTINCT CASE WHEN d.ordered_on IS NOT NULL THEN d.id END) AS orders,
       count(DISTINCT CASE WHEN d.ordered_on IS NULL THEN d.id END) AS quotes
FROM line_terms t JOIN document_lines l ON l.term_id = t.id JOIN documents d ON d.id = l.document_id
WHERE t.model = :model AND d.status NOT IN ('draft', 'deleted', 'canceled')
