-- The whole of schema 1 as hub laid it, triggers included; old files are upgraded from here in tests.
-- hub: the whole shop in one file. This is the truth: tables, named rules, derived views, guards.
--
-- How to read it
--   money      integer cents, column names end in _cents; tax rates are thousandths of a percent
--   days       ISO text such as 2025-05-01 in the shop's time zone, names end in _on
--   instants   ISO text in UTC such as 2025-05-01T14:02:11.123Z, names end in _at
--   personal:  erased with the person; logged apart, so that the rest stays provable
--   kept:      worked out by hub from other rows, never logged, rebuilt at any time
--   @log       every insert, update and delete of this table is written to the change log by triggers that hub lays
--              from this file; "subject" says which customer a row is about ($ stands for the row)
-- A rule with a name is refused under that name wherever it is broken: in hub, in a script, in the sqlite3 shell.

-- ====================================================================== the file itself

-- What this file is: its identity, when and by which hub it was made.
CREATE TABLE meta (
  key   TEXT NOT NULL PRIMARY KEY,  -- uuid, created_at, created_by
  value TEXT NOT NULL               -- as text
) STRICT, WITHOUT ROWID;

-- The shop's choices; a setting that has no row has its default (hub settings list explains each).
-- @log
CREATE TABLE settings (
  id    INTEGER PRIMARY KEY AUTOINCREMENT,
  key   TEXT NOT NULL,              -- such as customers.require
  value TEXT NOT NULL               -- as text, in the form that `hub settings set` takes
) STRICT;
CREATE UNIQUE INDEX one_value_per_setting ON settings (key);

-- ====================================================================== who changed what (see docs/explanation/log.md)

-- Who is writing right now: one row while a change is under way, none in every committed state.
CREATE TABLE session (
  id          INTEGER PRIMARY KEY CONSTRAINT one_session CHECK (id = 1),
  business_on TEXT NOT NULL,                -- the day that dated rules read ("today")
  at          TEXT NOT NULL,                -- the real clock, UTC
  actor       TEXT NOT NULL,                -- who is answerable
  purpose     TEXT NOT NULL,                -- change, undo, erase or load
  bulk        INTEGER NOT NULL DEFAULT 0,   -- 1: kept figures are worked out once at the end, for all rows
  unlogged    INTEGER NOT NULL DEFAULT 0    -- 1: an opening state that the log does not itemise
) STRICT;

-- One row for each change set: one command, one transaction, one H number, one undo.
CREATE TABLE changes (
  id            INTEGER PRIMARY KEY,        -- the H number
  business_on   TEXT NOT NULL,              -- the day the change counts for
  dated         INTEGER NOT NULL DEFAULT 0, -- 1: that day was chosen (--today), not read from the clock
  recorded_at   TEXT NOT NULL,              -- the real clock, UTC
  actor         TEXT NOT NULL,              -- staff login, or system user
  os_user       TEXT,                       -- the system user, whatever --as said
  terminal      TEXT,                       -- the terminal it was typed on, if any
  command       TEXT NOT NULL,              -- such as "customers edit"; never the arguments
  undoes        INTEGER REFERENCES changes(id),  -- the change set that this one takes back
  outside       INTEGER NOT NULL DEFAULT 0, -- 1: written by other SQL than hub's
  opening       INTEGER NOT NULL DEFAULT 0, -- 1: an opening state, whose rows the log does not itemise
  first_seq     INTEGER,                    -- its entries in the change log …
  last_seq      INTEGER,                    -- … from here to here
  reason_digest TEXT,                       -- digest of the reason, which stands apart since it may name people
  seal          TEXT                        -- chains this header and its entries to the change set before
) STRICT;
CREATE UNIQUE INDEX one_unsealed_change ON changes (coalesce(seal, '')) WHERE seal IS NULL;
CREATE INDEX changes_undoes ON changes (undoes) WHERE undoes IS NOT NULL;

-- Why a change was made, apart from its header because a reason may name people.
CREATE TABLE change_reasons (
  change_id INTEGER PRIMARY KEY REFERENCES changes(id),
  reason    TEXT,                           -- personal: as typed with --reason
  salt      TEXT                            -- makes its digest unguessable
) STRICT;

-- Every field that ever changed. An update is one row for each column; an insert or a delete is an image of the row,
-- its personal columns in a second image of their own.
CREATE TABLE changelog (
  seq       INTEGER PRIMARY KEY,
  change_id INTEGER NOT NULL REFERENCES changes(id),
  operation TEXT NOT NULL CONSTRAINT log_operation CHECK (operation IN ('insert', 'update', 'delete')),
  tbl       TEXT NOT NULL,                  -- the table
  row_id    INTEGER NOT NULL,               -- its row
  subject   INTEGER,                        -- the customer it is about
  field     TEXT,                           -- the column; none for an image
  old       TEXT,                           -- as an SQL literal; an image is name=literal, …
  new       TEXT,                           -- likewise
  personal  INTEGER NOT NULL DEFAULT 0,
  digest    TEXT                            -- stands in for old and new once they were erased
) STRICT;
CREATE INDEX changelog_subject ON changelog (subject, seq);

-- One random key for each customer: personal entries are digested with it, so that nobody can test guesses once it is
-- gone.
CREATE TABLE subject_keys (
  customer_id INTEGER PRIMARY KEY,
  key         BLOB NOT NULL
) STRICT;

CREATE TRIGGER changes_stay BEFORE UPDATE ON changes WHEN OLD.seal IS NOT NULL
BEGIN SELECT raise(ABORT, 'log_append_only'); END;
CREATE TRIGGER changes_remain BEFORE DELETE ON changes
BEGIN SELECT raise(ABORT, 'log_append_only'); END;
CREATE TRIGGER changes_once BEFORE INSERT ON changes WHEN EXISTS (SELECT 1 FROM changes WHERE id = NEW.id)
BEGIN SELECT raise(ABORT, 'log_append_only'); END;
CREATE TRIGGER changelog_stays BEFORE UPDATE ON changelog
WHEN coalesce((SELECT purpose FROM session), '') <> 'erase' OR NEW.digest IS NULL OR NEW.old IS NOT NULL
  OR NEW.new IS NOT NULL OR NEW.seq <> OLD.seq OR NEW.change_id <> OLD.change_id
BEGIN SELECT raise(ABORT, 'log_append_only'); END;
CREATE TRIGGER changelog_remains BEFORE DELETE ON changelog
BEGIN SELECT raise(ABORT, 'log_append_only'); END;
CREATE TRIGGER changelog_once BEFORE INSERT ON changelog WHEN EXISTS (SELECT 1 FROM changelog WHERE seq = NEW.seq)
BEGIN SELECT raise(ABORT, 'log_append_only'); END;

-- ====================================================================== people

-- Who works here: account managers, salespeople, authors.
-- @log
CREATE TABLE staff (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  login  TEXT NOT NULL COLLATE NOCASE CONSTRAINT staff_login CHECK (length(login) BETWEEN 1 AND 60),
  name   TEXT NOT NULL,
  active INTEGER NOT NULL DEFAULT 1 CONSTRAINT staff_active CHECK (active IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX one_staff_per_login ON staff (login);

-- Everyone who buys, or may buy: a person or a company, in one number space (C1042 is row 1042).
-- @log subject=$.id
CREATE TABLE customers (
  id              INTEGER PRIMARY KEY AUTOINCREMENT, -- the C number; never reused
  kind            TEXT NOT NULL DEFAULT 'individual'
                  CONSTRAINT customer_kind CHECK (kind IN ('individual', 'company')),
  status          TEXT NOT NULL DEFAULT 'active'     -- archived is refused while a quote or an order is active
                  CONSTRAINT customer_status CHECK (status IN ('active', 'archived', 'deleted', 'spam', 'purged')),
  company_name    TEXT,      -- personal: required of a company; on a person only text
  first_name      TEXT,      -- personal: of the person, or of a company's main contact
  last_name       TEXT,      -- personal:
  building_code   TEXT,      -- personal: of a company
  mobile_phone    TEXT,      -- personal: as typed
  mobile_key      TEXT,      -- personal: +12065550123, or the digits where the country is not known
  home_phone      TEXT,      -- personal: as typed
  home_key        TEXT,      -- personal: likewise
  alternate_phone TEXT,      -- personal: as typed
  alternate_key   TEXT,      -- personal: likewise
  email           TEXT,      -- personal: as typed; not unique, a second use warns
  email_key       TEXT,      -- personal: case folded, for comparing
  type            TEXT       -- how much they like to spend
                  CONSTRAINT customer_type CHECK (type IN ('luxury', 'average', 'budget-friendly')),
  source          TEXT       -- where the first contact was made
                  CONSTRAINT customer_source CHECK (source IN ('website', 'in-store')),
  found_us        TEXT,      -- how they heard of the shop
  manager_id      INTEGER REFERENCES staff(id),      -- account manager
  tax_exempt      INTEGER NOT NULL DEFAULT 0 CONSTRAINT customer_tax_exempt CHECK (tax_exempt IN (0, 1)),
  on_hold         INTEGER NOT NULL DEFAULT 0 CONSTRAINT customer_on_hold CHECK (on_hold IN (0, 1)),  -- may not buy
  consent         INTEGER    CONSTRAINT customer_consent CHECK (consent IN (0, 1)), -- to the use of personal data; none: not asked
  created_at      TEXT NOT NULL,
  archived_at     TEXT,      -- with archived_by only while archived
  archived_by     TEXT,
  touched_on      TEXT,      -- kept: last day someone worked on the record itself; imports may bring it
  sort_name       TEXT,      -- kept: the name folded for sorting; none while the search index waits for this row
  name            TEXT GENERATED ALWAYS AS (         -- what the customer is called
                    coalesce(CASE WHEN kind = 'company' THEN company_name END,
                             nullif(trim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), ''),
                             company_name, email, mobile_phone, 'no name')) VIRTUAL,
  mobile_tail     TEXT GENERATED ALWAYS AS (substr(mobile_key, -7)) VIRTUAL,
  home_tail       TEXT GENERATED ALWAYS AS (substr(home_key, -7)) VIRTUAL,
  alternate_tail  TEXT GENERATED ALWAYS AS (substr(alternate_key, -7)) VIRTUAL,
  CONSTRAINT company_without_name CHECK (kind <> 'company' OR company_name <> '' OR status = 'purged'),
  CONSTRAINT customer_without_name CHECK (
    status = 'purged' OR coalesce(company_name, first_name, last_name, email, mobile_phone, home_phone) IS NOT NULL),
  CONSTRAINT archived_together CHECK ((status = 'archived') = (archived_at IS NOT NULL))
) STRICT;
CREATE INDEX customers_by_name ON customers (status, sort_name, id);
CREATE INDEX customers_waiting ON customers (id) WHERE sort_name IS NULL;
CREATE INDEX customers_by_mobile ON customers (mobile_tail) WHERE mobile_tail IS NOT NULL;
CREATE INDEX customers_by_home ON customers (home_tail) WHERE home_tail IS NOT NULL;
CREATE INDEX customers_by_alternate ON customers (alternate_tail) WHERE alternate_tail IS NOT NULL;
CREATE INDEX customers_by_email ON customers (email_key) WHERE email_key IS NOT NULL;
CREATE INDEX customers_by_type ON customers (type, source, sort_name, id) WHERE type IS NOT NULL;
CREATE INDEX customers_by_manager ON customers (manager_id) WHERE manager_id IS NOT NULL;
CREATE INDEX customers_by_archiving ON customers (archived_at) WHERE archived_at IS NOT NULL;

-- Further addresses for invoices.
-- @log subject=$.customer_id
CREATE TABLE billing_emails (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customers(id),
  email       TEXT NOT NULL, -- personal: as typed
  email_key   TEXT NOT NULL  -- personal: case folded
) STRICT;
CREATE INDEX billing_emails_by_customer ON billing_emails (customer_id);
CREATE INDEX billing_emails_by_email ON billing_emails (email_key);

-- One billing address, any number of delivery addresses (one of them the default), and former ones.
-- @log subject=$.customer_id
CREATE TABLE addresses (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,     -- the A number
  customer_id INTEGER NOT NULL REFERENCES customers(id),
  kind        TEXT NOT NULL CONSTRAINT address_kind CHECK (kind IN ('billing', 'delivery', 'former')),
  is_default  INTEGER NOT NULL DEFAULT 0
              CONSTRAINT address_default CHECK (is_default IN (0, 1) AND (is_default = 0 OR kind = 'delivery')),
  label       TEXT,          -- personal: such as "summer house"
  line1       TEXT,          -- personal:
  line2       TEXT,          -- personal:
  city        TEXT,          -- personal:
  state       TEXT,          -- the state, and …
  zip         TEXT,          -- personal: text, zeros and all
  country     TEXT NOT NULL DEFAULT 'US' -- … the country stay after an erasure: they prove the place of tax
              CONSTRAINT address_country CHECK (length(country) = 2 AND country = upper(country)),
  former_on   TEXT,          -- the day it stopped being theirs
  street_key  TEXT,          -- kept: folded street; none while the search index waits for this row
  city_key    TEXT,          -- kept: folded city
  zip_key     TEXT GENERATED ALWAYS AS (             -- what --zip compares: five digits in the US, else as written
                CASE WHEN country = 'US' THEN substr(zip, 1, 5) ELSE upper(replace(zip, ' ', '')) END) VIRTUAL,
  CONSTRAINT address_empty CHECK (coalesce(line1, line2, city, state, zip, former_on) IS NOT NULL OR country <> '')
) STRICT;
CREATE INDEX addresses_by_customer ON addresses (customer_id, kind);
CREATE UNIQUE INDEX one_billing_address ON addresses (customer_id) WHERE kind = 'billing';
CREATE UNIQUE INDEX one_default_delivery ON addresses (customer_id) WHERE is_default = 1;
CREATE INDEX addresses_by_billing_zip ON addresses (zip_key, customer_id) WHERE kind = 'billing';
CREATE INDEX addresses_by_zip ON addresses (zip_key, customer_id);
CREATE INDEX addresses_by_city ON addresses (city_key, customer_id) WHERE city_key IS NOT NULL;
CREATE INDEX addresses_waiting ON addresses (id) WHERE street_key IS NULL;

-- People to call besides the customer: a spouse, a site foreman.
-- @log subject=$.customer_id
CREATE TABLE contacts (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,    -- the K number
  customer_id  INTEGER NOT NULL REFERENCES customers(id),
  first_name   TEXT,         -- personal:
  last_name    TEXT,         -- personal:
  phone        TEXT,         -- personal: as typed
  phone_key    TEXT,         -- personal: normalised
  email        TEXT,         -- personal:
  relationship TEXT,         -- personal: such as "daughter"
  type         TEXT,         -- such as emergency, site, accounts
  CONSTRAINT contact_without_name CHECK (coalesce(first_name, last_name, phone, email) IS NOT NULL)
) STRICT;
CREATE INDEX contacts_by_customer ON contacts (customer_id);

-- What other systems call our customers and documents: shopify:7210448300001, old:4711.
-- @log subject=coalesce($.customer_id, (SELECT customer_id FROM documents WHERE id = $.document_id))
CREATE TABLE external_ids (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  system      TEXT NOT NULL CONSTRAINT external_system CHECK (system = lower(system) AND system <> ''),
  external_id TEXT NOT NULL, -- personal: as that system writes it
  customer_id INTEGER REFERENCES customers(id),
  document_id INTEGER REFERENCES documents(id),
  CONSTRAINT external_of_one CHECK ((customer_id IS NULL) <> (document_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX one_customer_per_external_id ON external_ids (system, external_id) WHERE customer_id IS NOT NULL;
CREATE UNIQUE INDEX one_document_per_external_id ON external_ids (system, external_id) WHERE document_id IS NOT NULL;
CREATE INDEX external_ids_by_customer ON external_ids (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX external_ids_by_document ON external_ids (document_id) WHERE document_id IS NOT NULL;

-- What the shop should remember of a customer. Persistent notes stand on every document, computed when read;
-- internal text never leaves the shop.
-- @log subject=$.customer_id
CREATE TABLE notes (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,     -- the N number
  customer_id INTEGER NOT NULL REFERENCES customers(id),
  type        TEXT NOT NULL CONSTRAINT note_type CHECK (type IN ('delivery', 'internal', 'customer')),
  persistence TEXT NOT NULL CONSTRAINT note_persistence CHECK (persistence IN ('persistent', 'optional')),
  important   INTEGER NOT NULL DEFAULT 0 CONSTRAINT note_important CHECK (important IN (0, 1)),
  text        TEXT,          -- personal:
  author      TEXT NOT NULL,
  written_on  TEXT NOT NULL,
  deleted_at  TEXT,          -- deleting is soft
  CONSTRAINT note_empty CHECK (text <> '' OR text IS NULL)
) STRICT;
CREATE INDEX notes_by_customer ON notes (customer_id, deleted_at);

-- Customer credit: what the shop owes the customer. Signed entries, never below zero, never changed.
-- @log subject=$.customer_id
CREATE TABLE wallet_entries (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id  INTEGER NOT NULL REFERENCES customers(id),
  amount_cents INTEGER NOT NULL CONSTRAINT wallet_amount CHECK (amount_cents <> 0 AND abs(amount_cents) <= 1000000000000000),
  type         TEXT NOT NULL CONSTRAINT wallet_type CHECK (
                 type IN ('return', 'grant', 'applied', 'withdrawal', 'adjustment', 'line_repayment', 'void', 'reset')),
  document_id  INTEGER REFERENCES documents(id),
  reverses     INTEGER REFERENCES wallet_entries(id),
  note         TEXT,         -- personal:
  entered_on   TEXT NOT NULL,
  recorded_at  TEXT NOT NULL
) STRICT;
CREATE INDEX wallet_by_customer ON wallet_entries (customer_id, id);
CREATE UNIQUE INDEX reversed_once ON wallet_entries (reverses) WHERE reverses IS NOT NULL;

CREATE TRIGGER wallet_floor BEFORE INSERT ON wallet_entries
WHEN NEW.amount_cents < 0 AND NEW.amount_cents
  + (SELECT coalesce(sum(amount_cents), 0) FROM wallet_entries WHERE customer_id = NEW.customer_id) < 0
BEGIN SELECT raise(ABORT, 'wallet_below_zero'); END;
CREATE TRIGGER wallet_stays BEFORE UPDATE OF amount_cents, type ON wallet_entries
BEGIN SELECT raise(ABORT, 'ledger_append_only'); END;
CREATE TRIGGER wallet_remains BEFORE DELETE ON wallet_entries
BEGIN SELECT raise(ABORT, 'ledger_append_only'); END;

-- ====================================================================== quotes and orders: one thing at two moments

-- No order day: a quote (Q7). With an order day: an order (O7); the number stays for life.
-- @log subject=$.customer_id
CREATE TABLE documents (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,  -- the number
  customer_id    INTEGER NOT NULL REFERENCES customers(id),
  status         TEXT NOT NULL,
  quoted_on      TEXT,       -- the day the quote was made; none when the order was keyed directly
  expires_on     TEXT,       -- last valid day of the quote
  ordered_on     TEXT,       -- the day it became an order
  shipped_on     TEXT,
  job_name       TEXT,       -- personal: free text, may name people
  class          TEXT NOT NULL DEFAULT 'retail'
                 CONSTRAINT document_class CHECK (class IN ('retail', 'web', 'trade', 'project')),
  source         TEXT CONSTRAINT document_source CHECK (source IN ('website', 'in-store')),
  location       TEXT,
  salesperson_id INTEGER REFERENCES staff(id),
  purchase_order TEXT,       -- personal: the customer's own number for it
  needed_on      TEXT,
  delivery_text  TEXT,       -- personal: the address as it was when the document was made
  tax_rate       INTEGER NOT NULL DEFAULT 0 CONSTRAINT document_tax_rate CHECK (tax_rate BETWEEN 0 AND 100000),
  delivery_charge_cents   INTEGER NOT NULL DEFAULT 0 CONSTRAINT delivery_charge CHECK (delivery_charge_cents >= 0),
  mileage_charge_cents    INTEGER NOT NULL DEFAULT 0 CONSTRAINT mileage_charge CHECK (mileage_charge_cents >= 0),
  trip_charge_cents       INTEGER NOT NULL DEFAULT 0 CONSTRAINT trip_charge CHECK (trip_charge_cents >= 0),
  shipping_charge_cents   INTEGER NOT NULL DEFAULT 0 CONSTRAINT shipping_charge CHECK (shipping_charge_cents >= 0),
  rush_charge_cents       INTEGER NOT NULL DEFAULT 0 CONSTRAINT rush_charge CHECK (rush_charge_cents >= 0),
  customer_discount_cents INTEGER NOT NULL DEFAULT 0 CONSTRAINT customer_discount CHECK (customer_discount_cents >= 0),
  rebate_cents            INTEGER NOT NULL DEFAULT 0 CONSTRAINT instant_rebate CHECK (rebate_cents >= 0),
  coupon_cents            INTEGER NOT NULL DEFAULT 0 CONSTRAINT retailer_coupon CHECK (coupon_cents >= 0),
  gift_certificate_cents  INTEGER NOT NULL DEFAULT 0 CONSTRAINT gift_certificate CHECK (gift_certificate_cents >= 0),
  tax_cents               INTEGER NOT NULL DEFAULT 0 CONSTRAINT document_tax CHECK (tax_cents >= 0),
  created_at     TEXT NOT NULL,
  goods_cents    INTEGER NOT NULL DEFAULT 0, -- kept: sum of the lines' nets
  paid_cents     INTEGER NOT NULL DEFAULT 0, -- kept: confirmed payments
  pending_cents  INTEGER NOT NULL DEFAULT 0, -- kept: payments not yet confirmed
  written_off_cents INTEGER NOT NULL DEFAULT 0, -- kept: the part of paid_cents that was written off
  open_lines     INTEGER NOT NULL DEFAULT 0, -- kept: lines neither delivered nor returned
  returned_lines INTEGER NOT NULL DEFAULT 0, -- kept: lines returned
  total_cents    INTEGER GENERATED ALWAYS AS (
                   goods_cents + delivery_charge_cents + mileage_charge_cents + trip_charge_cents
                   + shipping_charge_cents + rush_charge_cents - customer_discount_cents - rebate_cents
                   - coupon_cents - gift_certificate_cents + tax_cents) VIRTUAL,
  CONSTRAINT document_status CHECK (
    CASE WHEN ordered_on IS NULL
         THEN status IN ('draft', 'saved', 'awaiting-approval', 'approved', 'declined', 'deleted')
         ELSE status IN ('draft', 'saved', 'awaiting-payment', 'in-production', 'shipped', 'canceled') END),
  CONSTRAINT document_days CHECK (expires_on >= quoted_on AND ordered_on >= quoted_on AND shipped_on >= ordered_on)
) STRICT;
CREATE INDEX documents_by_customer ON documents (customer_id, ordered_on);
CREATE INDEX orders_by_day ON documents (ordered_on, customer_id) WHERE ordered_on IS NOT NULL;
CREATE INDEX open_orders ON documents (customer_id) WHERE ordered_on IS NOT NULL AND status NOT IN ('draft', 'canceled');
CREATE INDEX open_quotes ON documents (customer_id) WHERE ordered_on IS NULL AND status NOT IN ('declined', 'deleted');

-- What is sold. Line numbers of a document are never reused.
-- @log subject=(SELECT customer_id FROM documents WHERE id = $.document_id)
CREATE TABLE document_lines (
  id               INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id      INTEGER NOT NULL REFERENCES documents(id),
  line             INTEGER NOT NULL CONSTRAINT line_number CHECK (line >= 1),
  model            TEXT NOT NULL CONSTRAINT line_model CHECK (model <> ''),
  description      TEXT,
  quantity         INTEGER NOT NULL CONSTRAINT line_quantity CHECK (quantity BETWEEN 1 AND 1000000),
  unit_price_cents INTEGER NOT NULL CONSTRAINT line_price CHECK (unit_price_cents BETWEEN 0 AND 1000000000000000),
  unit_cost_cents  INTEGER CONSTRAINT line_cost CHECK (unit_cost_cents BETWEEN 0 AND 1000000000000000), -- none: not known
  discount_rate    INTEGER NOT NULL DEFAULT 0 CONSTRAINT line_discount CHECK (discount_rate BETWEEN 0 AND 10000), -- basis points
  discount_cents   INTEGER NOT NULL DEFAULT 0 CONSTRAINT line_discount_amount CHECK (discount_cents >= 0),
  delivery_status  TEXT NOT NULL DEFAULT 'open' CONSTRAINT line_delivery_status CHECK (
                     delivery_status IN ('open', 'scheduled', 'in-transit', 'delivered', 'returned')),
  delivered_on     TEXT,
  term_id          INTEGER REFERENCES line_terms(id),  -- kept: its words in the search index
  net_cents        INTEGER GENERATED ALWAYS AS (      -- rounded half up, once
                     (quantity * unit_price_cents * (10000 - discount_rate) + 5000) / 10000 - discount_cents) VIRTUAL,
  CONSTRAINT line_below_zero CHECK (discount_cents <= quantity * unit_price_cents)
) STRICT;
CREATE UNIQUE INDEX one_line_per_number ON document_lines (document_id, line);
CREATE INDEX lines_by_term ON document_lines (term_id, document_id);

-- Serial numbers, one for each unit once it is known.
-- @log subject=(SELECT d.customer_id FROM documents d JOIN document_lines l ON l.document_id = d.id WHERE l.id = $.line_id)
CREATE TABLE line_serials (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  line_id    INTEGER NOT NULL REFERENCES document_lines(id),
  serial     TEXT NOT NULL CONSTRAINT serial_empty CHECK (serial <> ''),
  serial_key TEXT GENERATED ALWAYS AS (upper(replace(replace(serial, ' ', ''), '-', ''))) VIRTUAL
) STRICT;
CREATE INDEX serials_by_line ON line_serials (line_id);
CREATE INDEX serials_by_key ON line_serials (serial_key);

-- Money received on a document.
-- @log subject=$.customer_id
CREATE TABLE payments (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,     -- the P number
  customer_id  INTEGER NOT NULL REFERENCES customers(id),
  document_id  INTEGER NOT NULL REFERENCES documents(id),
  method       TEXT NOT NULL CONSTRAINT payment_method CHECK (method IN (
                 'cash', 'credit-card', 'check', 'bank-transfer', 'telephone', 'in-person', 'write-off', 'other',
                 'synchrony', 'wells-fargo', 'acima', 'snap', 'aio-pay', 'customer-credit', 'credit-line')),
  status       TEXT NOT NULL DEFAULT 'confirmed' CONSTRAINT payment_status CHECK (
                 status IN ('pending', 'confirmed', 'rejected', 'incomplete', 'void')),
  amount_cents INTEGER NOT NULL CONSTRAINT payment_amount CHECK (amount_cents BETWEEN 1 AND 1000000000000000),
  paid_on      TEXT NOT NULL,
  reference    TEXT,         -- personal: check number, approval code, transaction id
  note         TEXT,         -- personal:
  recorded_at  TEXT NOT NULL
) STRICT;
CREATE INDEX payments_by_document ON payments (document_id);
CREATE INDEX payments_by_customer ON payments (customer_id, paid_on);
CREATE INDEX payments_by_reference ON payments (reference) WHERE reference IS NOT NULL;

-- A quote is active while it may still be accepted, and for as long as it holds a deposit; an order until everything
-- is delivered (shipped counts) and paid. What stands in the way of archiving, with the last day of a quote.
CREATE VIEW open_documents AS
SELECT id, customer_id, CASE WHEN ordered_on IS NULL THEN 'quote' ELSE 'order' END AS kind,
       CASE WHEN ordered_on IS NULL AND paid_cents + pending_cents = 0 THEN expires_on END AS open_until
FROM documents
WHERE (ordered_on IS NULL AND status NOT IN ('declined', 'deleted'))
   OR (ordered_on IS NOT NULL AND status NOT IN ('draft', 'canceled')
       AND ((open_lines > 0 AND status <> 'shipped') OR total_cents > paid_cents));

CREATE TRIGGER archive_keeps_out BEFORE UPDATE OF status ON customers
WHEN NEW.status = 'archived' AND OLD.status <> 'archived' AND EXISTS (
  SELECT 1 FROM open_documents d WHERE d.customer_id = NEW.id
    AND (d.open_until IS NULL OR d.open_until >= coalesce((SELECT business_on FROM session), date('now'))))
BEGIN SELECT raise(ABORT, 'active_documents'); END;
CREATE TRIGGER document_of_archived BEFORE INSERT ON documents
WHEN (SELECT status FROM customers WHERE id = NEW.customer_id) <> 'active'
  AND NOT EXISTS (SELECT 1 FROM session WHERE purpose IN ('undo', 'load'))
BEGIN SELECT raise(ABORT, 'customer_not_active'); END;
CREATE TRIGGER number_for_life BEFORE UPDATE OF id ON customers WHEN NEW.id <> OLD.id
BEGIN SELECT raise(ABORT, 'number_for_life'); END;
CREATE TRIGGER document_number_for_life BEFORE UPDATE OF id ON documents WHEN NEW.id <> OLD.id
BEGIN SELECT raise(ABORT, 'number_for_life'); END;

-- ====================================================================== kept figures: what a million rows sort by

-- One row for each customer. The view below says what each figure is; triggers keep the two equal, `hub db check`
-- proves it.
CREATE TABLE customer_figures (
  customer_id          INTEGER PRIMARY KEY REFERENCES customers(id) ON DELETE CASCADE,
  stage                TEXT NOT NULL,    -- lead, first-time or repeat
  orders               INTEGER NOT NULL, -- orders neither draft nor canceled
  lifetime_value_cents INTEGER NOT NULL, -- their totals, tax included, less what was written off
  first_order_on       TEXT,
  last_order_on        TEXT,
  last_activity_on     TEXT,             -- latest of the record's own work, quotes, orders, deliveries, payments, notes, credit
  owed_cents           INTEGER NOT NULL, -- what is still to be paid on those orders
  credit_cents         INTEGER NOT NULL  -- customer credit: what the shop owes them
) STRICT;
CREATE INDEX figures_by_value ON customer_figures (lifetime_value_cents, customer_id);
CREATE INDEX figures_by_stage ON customer_figures (stage, customer_id);
CREATE INDEX figures_by_activity ON customer_figures (last_activity_on, customer_id);
CREATE INDEX figures_by_owed ON customer_figures (owed_cents, customer_id) WHERE owed_cents <> 0;

CREATE VIEW customer_figures_live AS
SELECT c.id AS customer_id,
       CASE WHEN (SELECT count(*) FROM documents d WHERE d.customer_id = c.id AND d.ordered_on IS NOT NULL
                    AND d.status NOT IN ('draft', 'canceled')
                    AND (d.open_lines > 0 OR d.returned_lines = 0
                         OR d.returned_lines < (SELECT count(*) FROM document_lines l WHERE l.document_id = d.id))) >= 2
            THEN 'repeat'
            WHEN EXISTS (SELECT 1 FROM documents d WHERE d.customer_id = c.id AND d.ordered_on IS NOT NULL
                           AND d.status <> 'draft') THEN 'first-time'
            ELSE 'lead' END AS stage,
       (SELECT count(*) FROM documents d WHERE d.customer_id = c.id AND d.ordered_on IS NOT NULL
          AND d.status NOT IN ('draft', 'canceled')) AS orders,
       (SELECT coalesce(sum(total_cents - written_off_cents), 0) FROM documents d WHERE d.customer_id = c.id
          AND d.ordered_on IS NOT NULL AND d.status NOT IN ('draft', 'canceled')) AS lifetime_value_cents,
       (SELECT min(ordered_on) FROM documents d WHERE d.customer_id = c.id AND d.ordered_on IS NOT NULL
          AND d.status NOT IN ('draft', 'canceled')) AS first_order_on,
       (SELECT max(ordered_on) FROM documents d WHERE d.customer_id = c.id AND d.ordered_on IS NOT NULL
          AND d.status NOT IN ('draft', 'canceled')) AS last_order_on,
       nullif(max(
           coalesce(c.touched_on, ''),
           coalesce((SELECT max(coalesce(ordered_on, quoted_on)) FROM documents d WHERE d.customer_id = c.id), ''),
           coalesce((SELECT max(l.delivered_on) FROM documents d JOIN document_lines l ON l.document_id = d.id
                     WHERE d.customer_id = c.id), ''),
           coalesce((SELECT max(paid_on) FROM payments p WHERE p.customer_id = c.id), ''),
           coalesce((SELECT max(written_on) FROM notes n WHERE n.customer_id = c.id), ''),
           coalesce((SELECT max(entered_on) FROM wallet_entries w WHERE w.customer_id = c.id), '')), '') AS last_activity_on,
       (SELECT coalesce(sum(total_cents - paid_cents - pending_cents), 0) FROM documents d WHERE d.customer_id = c.id
          AND d.ordered_on IS NOT NULL AND d.status NOT IN ('draft', 'canceled')) AS owed_cents,
       (SELECT coalesce(sum(amount_cents), 0) FROM wallet_entries w WHERE w.customer_id = c.id) AS credit_cents
FROM customers c;

-- What each document's kept columns are: its lines and payments added up.
CREATE VIEW document_figures_live AS
SELECT d.id AS document_id,
       (SELECT coalesce(sum(net_cents), 0) FROM document_lines l WHERE l.document_id = d.id) AS goods_cents,
       (SELECT coalesce(sum(amount_cents), 0) FROM payments p WHERE p.document_id = d.id
          AND p.status = 'confirmed') AS paid_cents,
       (SELECT coalesce(sum(amount_cents), 0) FROM payments p WHERE p.document_id = d.id
          AND p.status = 'pending') AS pending_cents,
       (SELECT coalesce(sum(amount_cents), 0) FROM payments p WHERE p.document_id = d.id
          AND p.status = 'confirmed' AND p.method = 'write-off') AS written_off_cents,
       (SELECT count(*) FROM document_lines l WHERE l.document_id = d.id
          AND l.delivery_status NOT IN ('delivered', 'returned')) AS open_lines,
       (SELECT count(*) FROM document_lines l WHERE l.document_id = d.id
          AND l.delivery_status = 'returned') AS returned_lines
FROM documents d;

CREATE TRIGGER figures_of_new_customer AFTER INSERT ON customers
WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  INSERT INTO customer_figures SELECT * FROM customer_figures_live WHERE customer_id = NEW.id;
END;
CREATE TRIGGER figures_of_deleted_customer BEFORE DELETE ON customers
BEGIN DELETE FROM customer_figures WHERE customer_id = OLD.id; END;
-- @figures customers UPDATE OF touched_on
-- @figures documents INSERT, DELETE, UPDATE OF customer_id, status, quoted_on, ordered_on, goods_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines, delivery_charge_cents, mileage_charge_cents, trip_charge_cents, shipping_charge_cents, rush_charge_cents, customer_discount_cents, rebate_cents, coupon_cents, gift_certificate_cents, tax_cents
-- @figures payments INSERT, DELETE, UPDATE OF customer_id, paid_on
-- @figures notes INSERT, DELETE, UPDATE OF customer_id, written_on
-- @figures wallet_entries INSERT, DELETE, UPDATE OF customer_id, entered_on

-- A line or a payment changed: its document is added up again, which in turn brings the customer's figures up.
-- @sums document_lines INSERT, DELETE, UPDATE OF document_id, quantity, unit_price_cents, discount_rate, discount_cents, delivery_status, delivered_on
-- @sums payments INSERT, DELETE, UPDATE OF document_id, status, method, amount_cents

-- ====================================================================== search (this part is SQLite's own)

-- Folded text of each customer (names, e-mails, digits of phones, contacts) in trigrams: finds any part of a word,
-- whatever the case or the accents. hub folds and fills it before each commit; rows that other SQL wrote wait with an
-- empty sort_name until hub runs next.
CREATE VIRTUAL TABLE customer_search USING fts5(folded, tokenize = 'trigram', detail = 'none');

-- Customers that were removed and whose words hub takes out of the index before the commit.
CREATE TABLE search_gone (
  customer_id INTEGER PRIMARY KEY
) STRICT;

-- Each pair of model and description once: text search goes from here to the lines.
CREATE TABLE line_terms (
  id          INTEGER PRIMARY KEY,
  model       TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  folded      TEXT,          -- kept: none while the search index waits for this row
  model_key   TEXT GENERATED ALWAYS AS (upper(model)) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX one_term ON line_terms (model, description);
CREATE INDEX terms_waiting ON line_terms (id) WHERE folded IS NULL;

CREATE TRIGGER search_customer AFTER UPDATE OF kind, company_name, first_name, last_name, email, mobile_key, home_key,
  alternate_key, building_code ON customers WHEN NEW.sort_name IS NOT NULL
BEGIN UPDATE customers SET sort_name = NULL WHERE id = NEW.id; END;
CREATE TRIGGER search_forgets AFTER DELETE ON customers
BEGIN INSERT INTO search_gone (customer_id) VALUES (OLD.id); END;
CREATE TRIGGER search_address AFTER UPDATE OF line1, line2, city ON addresses WHEN NEW.street_key IS NOT NULL
BEGIN UPDATE addresses SET street_key = NULL, city_key = NULL WHERE id = NEW.id; END;
-- @search contacts INSERT, DELETE, UPDATE OF customer_id, first_name, last_name, phone_key, email
-- @search billing_emails INSERT, DELETE, UPDATE OF customer_id, email
CREATE TRIGGER search_line AFTER INSERT ON document_lines WHEN NEW.term_id IS NULL
BEGIN
  INSERT INTO line_terms (model, description) SELECT NEW.model, coalesce(NEW.description, '')
    WHERE NOT EXISTS (SELECT 1 FROM line_terms WHERE model = NEW.model AND description = coalesce(NEW.description, ''));
  UPDATE document_lines SET term_id = (SELECT id FROM line_terms WHERE model = NEW.model
    AND description = coalesce(NEW.description, '')) WHERE id = NEW.id;
END;
CREATE TRIGGER search_line_again AFTER UPDATE OF model, description ON document_lines
BEGIN
  INSERT INTO line_terms (model, description) SELECT NEW.model, coalesce(NEW.description, '')
    WHERE NOT EXISTS (SELECT 1 FROM line_terms WHERE model = NEW.model AND description = coalesce(NEW.description, ''));
  UPDATE document_lines SET term_id = (SELECT id FROM line_terms WHERE model = NEW.model
    AND description = coalesce(NEW.description, '')) WHERE id = NEW.id;
END;

CREATE TRIGGER log_settings_insert AFTER INSERT ON settings WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'settings', NEW.id, NULL,
           coalesce('key=' || nullif(quote(NEW.key), 'NULL') || ',', '') || coalesce('value=' || nullif(quote(NEW.value), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_settings_update AFTER UPDATE OF key, value ON settings
WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1) AND (OLD.key IS NOT NEW.key OR OLD.value IS NOT NEW.value)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'settings', NEW.id, NULL, 'key', quote(OLD.key), quote(NEW.key), 0
    FROM changes WHERE seal IS NULL AND OLD.key IS NOT NEW.key;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'settings', NEW.id, NULL, 'value', quote(OLD.value), quote(NEW.value), 0
    FROM changes WHERE seal IS NULL AND OLD.value IS NOT NEW.value;
END;

CREATE TRIGGER log_settings_delete BEFORE DELETE ON settings WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'settings', OLD.id, NULL,
           coalesce('key=' || nullif(quote(OLD.key), 'NULL') || ',', '') || coalesce('value=' || nullif(quote(OLD.value), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_settings_insert BEFORE INSERT ON settings WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM settings WHERE id = NEW.id);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM settings WHERE key = NEW.key);
END;

CREATE TRIGGER guard_settings_update BEFORE UPDATE ON settings WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM settings WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM settings WHERE key = NEW.key AND id <> OLD.id);
END;

CREATE TRIGGER log_staff_insert AFTER INSERT ON staff WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'staff', NEW.id, NULL,
           coalesce('login=' || nullif(quote(NEW.login), 'NULL') || ',', '') || coalesce('name=' || nullif(quote(NEW.name), 'NULL') || ',', '') || coalesce('active=' || nullif(quote(NEW.active), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_staff_update AFTER UPDATE OF login, name, active ON staff
WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1) AND (OLD.login IS NOT NEW.login OR OLD.name IS NOT NEW.name OR OLD.active IS NOT NEW.active)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'staff', NEW.id, NULL, 'login', quote(OLD.login), quote(NEW.login), 0
    FROM changes WHERE seal IS NULL AND OLD.login IS NOT NEW.login;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'staff', NEW.id, NULL, 'name', quote(OLD.name), quote(NEW.name), 0
    FROM changes WHERE seal IS NULL AND OLD.name IS NOT NEW.name;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'staff', NEW.id, NULL, 'active', quote(OLD.active), quote(NEW.active), 0
    FROM changes WHERE seal IS NULL AND OLD.active IS NOT NEW.active;
END;

CREATE TRIGGER log_staff_delete BEFORE DELETE ON staff WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'staff', OLD.id, NULL,
           coalesce('login=' || nullif(quote(OLD.login), 'NULL') || ',', '') || coalesce('name=' || nullif(quote(OLD.name), 'NULL') || ',', '') || coalesce('active=' || nullif(quote(OLD.active), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_staff_insert BEFORE INSERT ON staff WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM staff WHERE id = NEW.id);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM staff WHERE login = NEW.login);
END;

CREATE TRIGGER guard_staff_update BEFORE UPDATE ON staff WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM staff WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM staff WHERE login = NEW.login AND id <> OLD.id);
END;

CREATE TRIGGER guard_staff_delete BEFORE DELETE ON staff WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM customers WHERE manager_id = OLD.id);
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM documents WHERE salesperson_id = OLD.id);
END;

CREATE TRIGGER log_customers_insert AFTER INSERT ON customers WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'customers', NEW.id, NEW.id,
           coalesce('kind=' || nullif(quote(NEW.kind), 'NULL') || ',', '') || coalesce('status=' || nullif(quote(NEW.status), 'NULL') || ',', '') || coalesce('type=' || nullif(quote(NEW.type), 'NULL') || ',', '') || coalesce('source=' || nullif(quote(NEW.source), 'NULL') || ',', '') || coalesce('found_us=' || nullif(quote(NEW.found_us), 'NULL') || ',', '') || coalesce('manager_id=' || nullif(quote(NEW.manager_id), 'NULL') || ',', '') || coalesce('tax_exempt=' || nullif(quote(NEW.tax_exempt), 'NULL') || ',', '') || coalesce('on_hold=' || nullif(quote(NEW.on_hold), 'NULL') || ',', '') || coalesce('consent=' || nullif(quote(NEW.consent), 'NULL') || ',', '') || coalesce('created_at=' || nullif(quote(NEW.created_at), 'NULL') || ',', '') || coalesce('archived_at=' || nullif(quote(NEW.archived_at), 'NULL') || ',', '') || coalesce('archived_by=' || nullif(quote(NEW.archived_by), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'customers', NEW.id, NEW.id,
           coalesce('company_name=' || nullif(quote(NEW.company_name), 'NULL') || ',', '') || coalesce('first_name=' || nullif(quote(NEW.first_name), 'NULL') || ',', '') || coalesce('last_name=' || nullif(quote(NEW.last_name), 'NULL') || ',', '') || coalesce('building_code=' || nullif(quote(NEW.building_code), 'NULL') || ',', '') || coalesce('mobile_phone=' || nullif(quote(NEW.mobile_phone), 'NULL') || ',', '') || coalesce('mobile_key=' || nullif(quote(NEW.mobile_key), 'NULL') || ',', '') || coalesce('home_phone=' || nullif(quote(NEW.home_phone), 'NULL') || ',', '') || coalesce('home_key=' || nullif(quote(NEW.home_key), 'NULL') || ',', '') || coalesce('alternate_phone=' || nullif(quote(NEW.alternate_phone), 'NULL') || ',', '') || coalesce('alternate_key=' || nullif(quote(NEW.alternate_key), 'NULL') || ',', '') || coalesce('email=' || nullif(quote(NEW.email), 'NULL') || ',', '') || coalesce('email_key=' || nullif(quote(NEW.email_key), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_customers_update AFTER UPDATE OF kind, status, company_name, first_name, last_name, building_code, mobile_phone, mobile_key, home_phone, home_key, alternate_phone, alternate_key, email, email_key, type, source, found_us, manager_id, tax_exempt, on_hold, consent, created_at, archived_at, archived_by ON customers
WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1) AND (OLD.kind IS NOT NEW.kind OR OLD.status IS NOT NEW.status OR OLD.company_name IS NOT NEW.company_name OR OLD.first_name IS NOT NEW.first_name OR OLD.last_name IS NOT NEW.last_name OR OLD.building_code IS NOT NEW.building_code OR OLD.mobile_phone IS NOT NEW.mobile_phone OR OLD.mobile_key IS NOT NEW.mobile_key OR OLD.home_phone IS NOT NEW.home_phone OR OLD.home_key IS NOT NEW.home_key OR OLD.alternate_phone IS NOT NEW.alternate_phone OR OLD.alternate_key IS NOT NEW.alternate_key OR OLD.email IS NOT NEW.email OR OLD.email_key IS NOT NEW.email_key OR OLD.type IS NOT NEW.type OR OLD.source IS NOT NEW.source OR OLD.found_us IS NOT NEW.found_us OR OLD.manager_id IS NOT NEW.manager_id OR OLD.tax_exempt IS NOT NEW.tax_exempt OR OLD.on_hold IS NOT NEW.on_hold OR OLD.consent IS NOT NEW.consent OR OLD.created_at IS NOT NEW.created_at OR OLD.archived_at IS NOT NEW.archived_at OR OLD.archived_by IS NOT NEW.archived_by)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, 'kind', quote(OLD.kind), quote(NEW.kind), 0
    FROM changes WHERE seal IS NULL AND OLD.kind IS NOT NEW.kind;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, 'status', quote(OLD.status), quote(NEW.status), 0
    FROM changes WHERE seal IS NULL AND OLD.status IS NOT NEW.status;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, 'company_name', quote(OLD.company_name), quote(NEW.company_name), 1
    FROM changes WHERE seal IS NULL AND OLD.company_name IS NOT NEW.company_name;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, 'first_name', quote(OLD.first_name), quote(NEW.first_name), 1
    FROM changes WHERE seal IS NULL AND OLD.first_name IS NOT NEW.first_name;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, 'last_name', quote(OLD.last_name), quote(NEW.last_name), 1
    FROM changes WHERE seal IS NULL AND OLD.last_name IS NOT NEW.last_name;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, 'building_code', quote(OLD.building_code), quote(NEW.building_code), 1
    FROM changes WHERE seal IS NULL AND OLD.building_code IS NOT NEW.building_code;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, 'mobile_phone', quote(OLD.mobile_phone), quote(NEW.mobile_phone), 1
    FROM changes WHERE seal IS NULL AND OLD.mobile_phone IS NOT NEW.mobile_phone;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, 'mobile_key', quote(OLD.mobile_key), quote(NEW.mobile_key), 1
    FROM changes WHERE seal IS NULL AND OLD.mobile_key IS NOT NEW.mobile_key;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, 'home_phone', quote(OLD.home_phone), quote(NEW.home_phone), 1
    FROM changes WHERE seal IS NULL AND OLD.home_phone IS NOT NEW.home_phone;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, 'home_key', quote(OLD.home_key), quote(NEW.home_key), 1
    FROM changes WHERE seal IS NULL AND OLD.home_key IS NOT NEW.home_key;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, 'alternate_phone', quote(OLD.alternate_phone), quote(NEW.alternate_phone), 1
    FROM changes WHERE seal IS NULL AND OLD.alternate_phone IS NOT NEW.alternate_phone;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, 'alternate_key', quote(OLD.alternate_key), quote(NEW.alternate_key), 1
    FROM changes WHERE seal IS NULL AND OLD.alternate_key IS NOT NEW.alternate_key;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, 'email', quote(OLD.email), quote(NEW.email), 1
    FROM changes WHERE seal IS NULL AND OLD.email IS NOT NEW.email;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, 'email_key', quote(OLD.email_key), quote(NEW.email_key), 1
    FROM changes WHERE seal IS NULL AND OLD.email_key IS NOT NEW.email_key;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, 'type', quote(OLD.type), quote(NEW.type), 0
    FROM changes WHERE seal IS NULL AND OLD.type IS NOT NEW.type;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, 'source', quote(OLD.source), quote(NEW.source), 0
    FROM changes WHERE seal IS NULL AND OLD.source IS NOT NEW.source;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, 'found_us', quote(OLD.found_us), quote(NEW.found_us), 0
    FROM changes WHERE seal IS NULL AND OLD.found_us IS NOT NEW.found_us;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, 'manager_id', quote(OLD.manager_id), quote(NEW.manager_id), 0
    FROM changes WHERE seal IS NULL AND OLD.manager_id IS NOT NEW.manager_id;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, 'tax_exempt', quote(OLD.tax_exempt), quote(NEW.tax_exempt), 0
    FROM changes WHERE seal IS NULL AND OLD.tax_exempt IS NOT NEW.tax_exempt;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, 'on_hold', quote(OLD.on_hold), quote(NEW.on_hold), 0
    FROM changes WHERE seal IS NULL AND OLD.on_hold IS NOT NEW.on_hold;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, 'consent', quote(OLD.consent), quote(NEW.consent), 0
    FROM changes WHERE seal IS NULL AND OLD.consent IS NOT NEW.consent;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, 'created_at', quote(OLD.created_at), quote(NEW.created_at), 0
    FROM changes WHERE seal IS NULL AND OLD.created_at IS NOT NEW.created_at;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, 'archived_at', quote(OLD.archived_at), quote(NEW.archived_at), 0
    FROM changes WHERE seal IS NULL AND OLD.archived_at IS NOT NEW.archived_at;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, 'archived_by', quote(OLD.archived_by), quote(NEW.archived_by), 0
    FROM changes WHERE seal IS NULL AND OLD.archived_by IS NOT NEW.archived_by;
END;

CREATE TRIGGER log_customers_delete BEFORE DELETE ON customers WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'customers', OLD.id, OLD.id,
           coalesce('kind=' || nullif(quote(OLD.kind), 'NULL') || ',', '') || coalesce('status=' || nullif(quote(OLD.status), 'NULL') || ',', '') || coalesce('type=' || nullif(quote(OLD.type), 'NULL') || ',', '') || coalesce('source=' || nullif(quote(OLD.source), 'NULL') || ',', '') || coalesce('found_us=' || nullif(quote(OLD.found_us), 'NULL') || ',', '') || coalesce('manager_id=' || nullif(quote(OLD.manager_id), 'NULL') || ',', '') || coalesce('tax_exempt=' || nullif(quote(OLD.tax_exempt), 'NULL') || ',', '') || coalesce('on_hold=' || nullif(quote(OLD.on_hold), 'NULL') || ',', '') || coalesce('consent=' || nullif(quote(OLD.consent), 'NULL') || ',', '') || coalesce('created_at=' || nullif(quote(OLD.created_at), 'NULL') || ',', '') || coalesce('archived_at=' || nullif(quote(OLD.archived_at), 'NULL') || ',', '') || coalesce('archived_by=' || nullif(quote(OLD.archived_by), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'customers', OLD.id, OLD.id,
           coalesce('company_name=' || nullif(quote(OLD.company_name), 'NULL') || ',', '') || coalesce('first_name=' || nullif(quote(OLD.first_name), 'NULL') || ',', '') || coalesce('last_name=' || nullif(quote(OLD.last_name), 'NULL') || ',', '') || coalesce('building_code=' || nullif(quote(OLD.building_code), 'NULL') || ',', '') || coalesce('mobile_phone=' || nullif(quote(OLD.mobile_phone), 'NULL') || ',', '') || coalesce('mobile_key=' || nullif(quote(OLD.mobile_key), 'NULL') || ',', '') || coalesce('home_phone=' || nullif(quote(OLD.home_phone), 'NULL') || ',', '') || coalesce('home_key=' || nullif(quote(OLD.home_key), 'NULL') || ',', '') || coalesce('alternate_phone=' || nullif(quote(OLD.alternate_phone), 'NULL') || ',', '') || coalesce('alternate_key=' || nullif(quote(OLD.alternate_key), 'NULL') || ',', '') || coalesce('email=' || nullif(quote(OLD.email), 'NULL') || ',', '') || coalesce('email_key=' || nullif(quote(OLD.email_key), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_customers_insert BEFORE INSERT ON customers WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM customers WHERE id = NEW.id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.manager_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.manager_id);
END;

CREATE TRIGGER guard_customers_update BEFORE UPDATE ON customers WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM customers WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.manager_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.manager_id);
END;

CREATE TRIGGER guard_customers_delete BEFORE DELETE ON customers WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM billing_emails WHERE customer_id = OLD.id);
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM addresses WHERE customer_id = OLD.id);
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM contacts WHERE customer_id = OLD.id);
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM external_ids WHERE customer_id = OLD.id);
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM notes WHERE customer_id = OLD.id);
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM wallet_entries WHERE customer_id = OLD.id);
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM documents WHERE customer_id = OLD.id);
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM payments WHERE customer_id = OLD.id);
END;

CREATE TRIGGER log_billing_emails_insert AFTER INSERT ON billing_emails WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'billing_emails', NEW.id, NEW.customer_id,
           coalesce('customer_id=' || nullif(quote(NEW.customer_id), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'billing_emails', NEW.id, NEW.customer_id,
           coalesce('email=' || nullif(quote(NEW.email), 'NULL') || ',', '') || coalesce('email_key=' || nullif(quote(NEW.email_key), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_billing_emails_update AFTER UPDATE OF customer_id, email, email_key ON billing_emails
WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1) AND (OLD.customer_id IS NOT NEW.customer_id OR OLD.email IS NOT NEW.email OR OLD.email_key IS NOT NEW.email_key)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'billing_emails', NEW.id, NEW.customer_id, 'customer_id', quote(OLD.customer_id), quote(NEW.customer_id), 0
    FROM changes WHERE seal IS NULL AND OLD.customer_id IS NOT NEW.customer_id;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'billing_emails', NEW.id, NEW.customer_id, 'email', quote(OLD.email), quote(NEW.email), 1
    FROM changes WHERE seal IS NULL AND OLD.email IS NOT NEW.email;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'billing_emails', NEW.id, NEW.customer_id, 'email_key', quote(OLD.email_key), quote(NEW.email_key), 1
    FROM changes WHERE seal IS NULL AND OLD.email_key IS NOT NEW.email_key;
END;

CREATE TRIGGER log_billing_emails_delete BEFORE DELETE ON billing_emails WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'billing_emails', OLD.id, OLD.customer_id,
           coalesce('customer_id=' || nullif(quote(OLD.customer_id), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'billing_emails', OLD.id, OLD.customer_id,
           coalesce('email=' || nullif(quote(OLD.email), 'NULL') || ',', '') || coalesce('email_key=' || nullif(quote(OLD.email_key), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_billing_emails_insert BEFORE INSERT ON billing_emails WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM billing_emails WHERE id = NEW.id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customers WHERE id = NEW.customer_id);
END;

CREATE TRIGGER guard_billing_emails_update BEFORE UPDATE ON billing_emails WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM billing_emails WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customers WHERE id = NEW.customer_id);
END;

CREATE TRIGGER log_addresses_insert AFTER INSERT ON addresses WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'addresses', NEW.id, NEW.customer_id,
           coalesce('customer_id=' || nullif(quote(NEW.customer_id), 'NULL') || ',', '') || coalesce('kind=' || nullif(quote(NEW.kind), 'NULL') || ',', '') || coalesce('is_default=' || nullif(quote(NEW.is_default), 'NULL') || ',', '') || coalesce('state=' || nullif(quote(NEW.state), 'NULL') || ',', '') || coalesce('country=' || nullif(quote(NEW.country), 'NULL') || ',', '') || coalesce('former_on=' || nullif(quote(NEW.former_on), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'addresses', NEW.id, NEW.customer_id,
           coalesce('label=' || nullif(quote(NEW.label), 'NULL') || ',', '') || coalesce('line1=' || nullif(quote(NEW.line1), 'NULL') || ',', '') || coalesce('line2=' || nullif(quote(NEW.line2), 'NULL') || ',', '') || coalesce('city=' || nullif(quote(NEW.city), 'NULL') || ',', '') || coalesce('zip=' || nullif(quote(NEW.zip), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_addresses_update AFTER UPDATE OF customer_id, kind, is_default, label, line1, line2, city, state, zip, country, former_on ON addresses
WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1) AND (OLD.customer_id IS NOT NEW.customer_id OR OLD.kind IS NOT NEW.kind OR OLD.is_default IS NOT NEW.is_default OR OLD.label IS NOT NEW.label OR OLD.line1 IS NOT NEW.line1 OR OLD.line2 IS NOT NEW.line2 OR OLD.city IS NOT NEW.city OR OLD.state IS NOT NEW.state OR OLD.zip IS NOT NEW.zip OR OLD.country IS NOT NEW.country OR OLD.former_on IS NOT NEW.former_on)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'addresses', NEW.id, NEW.customer_id, 'customer_id', quote(OLD.customer_id), quote(NEW.customer_id), 0
    FROM changes WHERE seal IS NULL AND OLD.customer_id IS NOT NEW.customer_id;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'addresses', NEW.id, NEW.customer_id, 'kind', quote(OLD.kind), quote(NEW.kind), 0
    FROM changes WHERE seal IS NULL AND OLD.kind IS NOT NEW.kind;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'addresses', NEW.id, NEW.customer_id, 'is_default', quote(OLD.is_default), quote(NEW.is_default), 0
    FROM changes WHERE seal IS NULL AND OLD.is_default IS NOT NEW.is_default;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'addresses', NEW.id, NEW.customer_id, 'label', quote(OLD.label), quote(NEW.label), 1
    FROM changes WHERE seal IS NULL AND OLD.label IS NOT NEW.label;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'addresses', NEW.id, NEW.customer_id, 'line1', quote(OLD.line1), quote(NEW.line1), 1
    FROM changes WHERE seal IS NULL AND OLD.line1 IS NOT NEW.line1;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'addresses', NEW.id, NEW.customer_id, 'line2', quote(OLD.line2), quote(NEW.line2), 1
    FROM changes WHERE seal IS NULL AND OLD.line2 IS NOT NEW.line2;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'addresses', NEW.id, NEW.customer_id, 'city', quote(OLD.city), quote(NEW.city), 1
    FROM changes WHERE seal IS NULL AND OLD.city IS NOT NEW.city;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'addresses', NEW.id, NEW.customer_id, 'state', quote(OLD.state), quote(NEW.state), 0
    FROM changes WHERE seal IS NULL AND OLD.state IS NOT NEW.state;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'addresses', NEW.id, NEW.customer_id, 'zip', quote(OLD.zip), quote(NEW.zip), 1
    FROM changes WHERE seal IS NULL AND OLD.zip IS NOT NEW.zip;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'addresses', NEW.id, NEW.customer_id, 'country', quote(OLD.country), quote(NEW.country), 0
    FROM changes WHERE seal IS NULL AND OLD.country IS NOT NEW.country;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'addresses', NEW.id, NEW.customer_id, 'former_on', quote(OLD.former_on), quote(NEW.former_on), 0
    FROM changes WHERE seal IS NULL AND OLD.former_on IS NOT NEW.former_on;
END;

CREATE TRIGGER log_addresses_delete BEFORE DELETE ON addresses WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'addresses', OLD.id, OLD.customer_id,
           coalesce('customer_id=' || nullif(quote(OLD.customer_id), 'NULL') || ',', '') || coalesce('kind=' || nullif(quote(OLD.kind), 'NULL') || ',', '') || coalesce('is_default=' || nullif(quote(OLD.is_default), 'NULL') || ',', '') || coalesce('state=' || nullif(quote(OLD.state), 'NULL') || ',', '') || coalesce('country=' || nullif(quote(OLD.country), 'NULL') || ',', '') || coalesce('former_on=' || nullif(quote(OLD.former_on), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'addresses', OLD.id, OLD.customer_id,
           coalesce('label=' || nullif(quote(OLD.label), 'NULL') || ',', '') || coalesce('line1=' || nullif(quote(OLD.line1), 'NULL') || ',', '') || coalesce('line2=' || nullif(quote(OLD.line2), 'NULL') || ',', '') || coalesce('city=' || nullif(quote(OLD.city), 'NULL') || ',', '') || coalesce('zip=' || nullif(quote(OLD.zip), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_addresses_insert BEFORE INSERT ON addresses WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM addresses WHERE id = NEW.id);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM addresses WHERE customer_id = NEW.customer_id AND kind = 'billing' AND NEW.kind = 'billing');
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM addresses WHERE customer_id = NEW.customer_id AND is_default = 1 AND NEW.is_default = 1);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customers WHERE id = NEW.customer_id);
END;

CREATE TRIGGER guard_addresses_update BEFORE UPDATE ON addresses WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM addresses WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM addresses WHERE customer_id = NEW.customer_id AND kind = 'billing' AND NEW.kind = 'billing' AND id <> OLD.id);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM addresses WHERE customer_id = NEW.customer_id AND is_default = 1 AND NEW.is_default = 1 AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customers WHERE id = NEW.customer_id);
END;

CREATE TRIGGER log_contacts_insert AFTER INSERT ON contacts WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'contacts', NEW.id, NEW.customer_id,
           coalesce('customer_id=' || nullif(quote(NEW.customer_id), 'NULL') || ',', '') || coalesce('type=' || nullif(quote(NEW.type), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'contacts', NEW.id, NEW.customer_id,
           coalesce('first_name=' || nullif(quote(NEW.first_name), 'NULL') || ',', '') || coalesce('last_name=' || nullif(quote(NEW.last_name), 'NULL') || ',', '') || coalesce('phone=' || nullif(quote(NEW.phone), 'NULL') || ',', '') || coalesce('phone_key=' || nullif(quote(NEW.phone_key), 'NULL') || ',', '') || coalesce('email=' || nullif(quote(NEW.email), 'NULL') || ',', '') || coalesce('relationship=' || nullif(quote(NEW.relationship), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_contacts_update AFTER UPDATE OF customer_id, first_name, last_name, phone, phone_key, email, relationship, type ON contacts
WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1) AND (OLD.customer_id IS NOT NEW.customer_id OR OLD.first_name IS NOT NEW.first_name OR OLD.last_name IS NOT NEW.last_name OR OLD.phone IS NOT NEW.phone OR OLD.phone_key IS NOT NEW.phone_key OR OLD.email IS NOT NEW.email OR OLD.relationship IS NOT NEW.relationship OR OLD.type IS NOT NEW.type)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'contacts', NEW.id, NEW.customer_id, 'customer_id', quote(OLD.customer_id), quote(NEW.customer_id), 0
    FROM changes WHERE seal IS NULL AND OLD.customer_id IS NOT NEW.customer_id;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'contacts', NEW.id, NEW.customer_id, 'first_name', quote(OLD.first_name), quote(NEW.first_name), 1
    FROM changes WHERE seal IS NULL AND OLD.first_name IS NOT NEW.first_name;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'contacts', NEW.id, NEW.customer_id, 'last_name', quote(OLD.last_name), quote(NEW.last_name), 1
    FROM changes WHERE seal IS NULL AND OLD.last_name IS NOT NEW.last_name;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'contacts', NEW.id, NEW.customer_id, 'phone', quote(OLD.phone), quote(NEW.phone), 1
    FROM changes WHERE seal IS NULL AND OLD.phone IS NOT NEW.phone;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'contacts', NEW.id, NEW.customer_id, 'phone_key', quote(OLD.phone_key), quote(NEW.phone_key), 1
    FROM changes WHERE seal IS NULL AND OLD.phone_key IS NOT NEW.phone_key;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'contacts', NEW.id, NEW.customer_id, 'email', quote(OLD.email), quote(NEW.email), 1
    FROM changes WHERE seal IS NULL AND OLD.email IS NOT NEW.email;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'contacts', NEW.id, NEW.customer_id, 'relationship', quote(OLD.relationship), quote(NEW.relationship), 1
    FROM changes WHERE seal IS NULL AND OLD.relationship IS NOT NEW.relationship;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'contacts', NEW.id, NEW.customer_id, 'type', quote(OLD.type), quote(NEW.type), 0
    FROM changes WHERE seal IS NULL AND OLD.type IS NOT NEW.type;
END;

CREATE TRIGGER log_contacts_delete BEFORE DELETE ON contacts WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'contacts', OLD.id, OLD.customer_id,
           coalesce('customer_id=' || nullif(quote(OLD.customer_id), 'NULL') || ',', '') || coalesce('type=' || nullif(quote(OLD.type), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'contacts', OLD.id, OLD.customer_id,
           coalesce('first_name=' || nullif(quote(OLD.first_name), 'NULL') || ',', '') || coalesce('last_name=' || nullif(quote(OLD.last_name), 'NULL') || ',', '') || coalesce('phone=' || nullif(quote(OLD.phone), 'NULL') || ',', '') || coalesce('phone_key=' || nullif(quote(OLD.phone_key), 'NULL') || ',', '') || coalesce('email=' || nullif(quote(OLD.email), 'NULL') || ',', '') || coalesce('relationship=' || nullif(quote(OLD.relationship), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_contacts_insert BEFORE INSERT ON contacts WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM contacts WHERE id = NEW.id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customers WHERE id = NEW.customer_id);
END;

CREATE TRIGGER guard_contacts_update BEFORE UPDATE ON contacts WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM contacts WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customers WHERE id = NEW.customer_id);
END;

CREATE TRIGGER log_external_ids_insert AFTER INSERT ON external_ids WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'external_ids', NEW.id, coalesce(NEW.customer_id, (SELECT customer_id FROM documents WHERE id = NEW.document_id)),
           coalesce('system=' || nullif(quote(NEW.system), 'NULL') || ',', '') || coalesce('customer_id=' || nullif(quote(NEW.customer_id), 'NULL') || ',', '') || coalesce('document_id=' || nullif(quote(NEW.document_id), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'external_ids', NEW.id, coalesce(NEW.customer_id, (SELECT customer_id FROM documents WHERE id = NEW.document_id)),
           coalesce('external_id=' || nullif(quote(NEW.external_id), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_external_ids_update AFTER UPDATE OF system, external_id, customer_id, document_id ON external_ids
WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1) AND (OLD.system IS NOT NEW.system OR OLD.external_id IS NOT NEW.external_id OR OLD.customer_id IS NOT NEW.customer_id OR OLD.document_id IS NOT NEW.document_id)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'external_ids', NEW.id, coalesce(NEW.customer_id, (SELECT customer_id FROM documents WHERE id = NEW.document_id)), 'system', quote(OLD.system), quote(NEW.system), 0
    FROM changes WHERE seal IS NULL AND OLD.system IS NOT NEW.system;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'external_ids', NEW.id, coalesce(NEW.customer_id, (SELECT customer_id FROM documents WHERE id = NEW.document_id)), 'external_id', quote(OLD.external_id), quote(NEW.external_id), 1
    FROM changes WHERE seal IS NULL AND OLD.external_id IS NOT NEW.external_id;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'external_ids', NEW.id, coalesce(NEW.customer_id, (SELECT customer_id FROM documents WHERE id = NEW.document_id)), 'customer_id', quote(OLD.customer_id), quote(NEW.customer_id), 0
    FROM changes WHERE seal IS NULL AND OLD.customer_id IS NOT NEW.customer_id;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'external_ids', NEW.id, coalesce(NEW.customer_id, (SELECT customer_id FROM documents WHERE id = NEW.document_id)), 'document_id', quote(OLD.document_id), quote(NEW.document_id), 0
    FROM changes WHERE seal IS NULL AND OLD.document_id IS NOT NEW.document_id;
END;

CREATE TRIGGER log_external_ids_delete BEFORE DELETE ON external_ids WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'external_ids', OLD.id, coalesce(OLD.customer_id, (SELECT customer_id FROM documents WHERE id = OLD.document_id)),
           coalesce('system=' || nullif(quote(OLD.system), 'NULL') || ',', '') || coalesce('customer_id=' || nullif(quote(OLD.customer_id), 'NULL') || ',', '') || coalesce('document_id=' || nullif(quote(OLD.document_id), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'external_ids', OLD.id, coalesce(OLD.customer_id, (SELECT customer_id FROM documents WHERE id = OLD.document_id)),
           coalesce('external_id=' || nullif(quote(OLD.external_id), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_external_ids_insert BEFORE INSERT ON external_ids WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM external_ids WHERE id = NEW.id);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM external_ids WHERE system = NEW.system AND external_id = NEW.external_id AND customer_id IS NOT NULL AND NEW.customer_id IS NOT NULL);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM external_ids WHERE system = NEW.system AND external_id = NEW.external_id AND document_id IS NOT NULL AND NEW.document_id IS NOT NULL);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customers WHERE id = NEW.customer_id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.document_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM documents WHERE id = NEW.document_id);
END;

CREATE TRIGGER guard_external_ids_update BEFORE UPDATE ON external_ids WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM external_ids WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM external_ids WHERE system = NEW.system AND external_id = NEW.external_id AND customer_id IS NOT NULL AND NEW.customer_id IS NOT NULL AND id <> OLD.id);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM external_ids WHERE system = NEW.system AND external_id = NEW.external_id AND document_id IS NOT NULL AND NEW.document_id IS NOT NULL AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customers WHERE id = NEW.customer_id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.document_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM documents WHERE id = NEW.document_id);
END;

CREATE TRIGGER log_notes_insert AFTER INSERT ON notes WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'notes', NEW.id, NEW.customer_id,
           coalesce('customer_id=' || nullif(quote(NEW.customer_id), 'NULL') || ',', '') || coalesce('type=' || nullif(quote(NEW.type), 'NULL') || ',', '') || coalesce('persistence=' || nullif(quote(NEW.persistence), 'NULL') || ',', '') || coalesce('important=' || nullif(quote(NEW.important), 'NULL') || ',', '') || coalesce('author=' || nullif(quote(NEW.author), 'NULL') || ',', '') || coalesce('written_on=' || nullif(quote(NEW.written_on), 'NULL') || ',', '') || coalesce('deleted_at=' || nullif(quote(NEW.deleted_at), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'notes', NEW.id, NEW.customer_id,
           coalesce('text=' || nullif(quote(NEW.text), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_notes_update AFTER UPDATE OF customer_id, type, persistence, important, text, author, written_on, deleted_at ON notes
WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1) AND (OLD.customer_id IS NOT NEW.customer_id OR OLD.type IS NOT NEW.type OR OLD.persistence IS NOT NEW.persistence OR OLD.important IS NOT NEW.important OR OLD.text IS NOT NEW.text OR OLD.author IS NOT NEW.author OR OLD.written_on IS NOT NEW.written_on OR OLD.deleted_at IS NOT NEW.deleted_at)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'notes', NEW.id, NEW.customer_id, 'customer_id', quote(OLD.customer_id), quote(NEW.customer_id), 0
    FROM changes WHERE seal IS NULL AND OLD.customer_id IS NOT NEW.customer_id;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'notes', NEW.id, NEW.customer_id, 'type', quote(OLD.type), quote(NEW.type), 0
    FROM changes WHERE seal IS NULL AND OLD.type IS NOT NEW.type;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'notes', NEW.id, NEW.customer_id, 'persistence', quote(OLD.persistence), quote(NEW.persistence), 0
    FROM changes WHERE seal IS NULL AND OLD.persistence IS NOT NEW.persistence;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'notes', NEW.id, NEW.customer_id, 'important', quote(OLD.important), quote(NEW.important), 0
    FROM changes WHERE seal IS NULL AND OLD.important IS NOT NEW.important;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'notes', NEW.id, NEW.customer_id, 'text', quote(OLD.text), quote(NEW.text), 1
    FROM changes WHERE seal IS NULL AND OLD.text IS NOT NEW.text;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'notes', NEW.id, NEW.customer_id, 'author', quote(OLD.author), quote(NEW.author), 0
    FROM changes WHERE seal IS NULL AND OLD.author IS NOT NEW.author;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'notes', NEW.id, NEW.customer_id, 'written_on', quote(OLD.written_on), quote(NEW.written_on), 0
    FROM changes WHERE seal IS NULL AND OLD.written_on IS NOT NEW.written_on;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'notes', NEW.id, NEW.customer_id, 'deleted_at', quote(OLD.deleted_at), quote(NEW.deleted_at), 0
    FROM changes WHERE seal IS NULL AND OLD.deleted_at IS NOT NEW.deleted_at;
END;

CREATE TRIGGER log_notes_delete BEFORE DELETE ON notes WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'notes', OLD.id, OLD.customer_id,
           coalesce('customer_id=' || nullif(quote(OLD.customer_id), 'NULL') || ',', '') || coalesce('type=' || nullif(quote(OLD.type), 'NULL') || ',', '') || coalesce('persistence=' || nullif(quote(OLD.persistence), 'NULL') || ',', '') || coalesce('important=' || nullif(quote(OLD.important), 'NULL') || ',', '') || coalesce('author=' || nullif(quote(OLD.author), 'NULL') || ',', '') || coalesce('written_on=' || nullif(quote(OLD.written_on), 'NULL') || ',', '') || coalesce('deleted_at=' || nullif(quote(OLD.deleted_at), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'notes', OLD.id, OLD.customer_id,
           coalesce('text=' || nullif(quote(OLD.text), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_notes_insert BEFORE INSERT ON notes WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM notes WHERE id = NEW.id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customers WHERE id = NEW.customer_id);
END;

CREATE TRIGGER guard_notes_update BEFORE UPDATE ON notes WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM notes WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customers WHERE id = NEW.customer_id);
END;

CREATE TRIGGER log_wallet_entries_insert AFTER INSERT ON wallet_entries WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'wallet_entries', NEW.id, NEW.customer_id,
           coalesce('customer_id=' || nullif(quote(NEW.customer_id), 'NULL') || ',', '') || coalesce('amount_cents=' || nullif(quote(NEW.amount_cents), 'NULL') || ',', '') || coalesce('type=' || nullif(quote(NEW.type), 'NULL') || ',', '') || coalesce('document_id=' || nullif(quote(NEW.document_id), 'NULL') || ',', '') || coalesce('reverses=' || nullif(quote(NEW.reverses), 'NULL') || ',', '') || coalesce('entered_on=' || nullif(quote(NEW.entered_on), 'NULL') || ',', '') || coalesce('recorded_at=' || nullif(quote(NEW.recorded_at), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'wallet_entries', NEW.id, NEW.customer_id,
           coalesce('note=' || nullif(quote(NEW.note), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_wallet_entries_update AFTER UPDATE OF customer_id, amount_cents, type, document_id, reverses, note, entered_on, recorded_at ON wallet_entries
WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1) AND (OLD.customer_id IS NOT NEW.customer_id OR OLD.amount_cents IS NOT NEW.amount_cents OR OLD.type IS NOT NEW.type OR OLD.document_id IS NOT NEW.document_id OR OLD.reverses IS NOT NEW.reverses OR OLD.note IS NOT NEW.note OR OLD.entered_on IS NOT NEW.entered_on OR OLD.recorded_at IS NOT NEW.recorded_at)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'wallet_entries', NEW.id, NEW.customer_id, 'customer_id', quote(OLD.customer_id), quote(NEW.customer_id), 0
    FROM changes WHERE seal IS NULL AND OLD.customer_id IS NOT NEW.customer_id;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'wallet_entries', NEW.id, NEW.customer_id, 'amount_cents', quote(OLD.amount_cents), quote(NEW.amount_cents), 0
    FROM changes WHERE seal IS NULL AND OLD.amount_cents IS NOT NEW.amount_cents;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'wallet_entries', NEW.id, NEW.customer_id, 'type', quote(OLD.type), quote(NEW.type), 0
    FROM changes WHERE seal IS NULL AND OLD.type IS NOT NEW.type;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'wallet_entries', NEW.id, NEW.customer_id, 'document_id', quote(OLD.document_id), quote(NEW.document_id), 0
    FROM changes WHERE seal IS NULL AND OLD.document_id IS NOT NEW.document_id;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'wallet_entries', NEW.id, NEW.customer_id, 'reverses', quote(OLD.reverses), quote(NEW.reverses), 0
    FROM changes WHERE seal IS NULL AND OLD.reverses IS NOT NEW.reverses;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'wallet_entries', NEW.id, NEW.customer_id, 'note', quote(OLD.note), quote(NEW.note), 1
    FROM changes WHERE seal IS NULL AND OLD.note IS NOT NEW.note;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'wallet_entries', NEW.id, NEW.customer_id, 'entered_on', quote(OLD.entered_on), quote(NEW.entered_on), 0
    FROM changes WHERE seal IS NULL AND OLD.entered_on IS NOT NEW.entered_on;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'wallet_entries', NEW.id, NEW.customer_id, 'recorded_at', quote(OLD.recorded_at), quote(NEW.recorded_at), 0
    FROM changes WHERE seal IS NULL AND OLD.recorded_at IS NOT NEW.recorded_at;
END;

CREATE TRIGGER log_wallet_entries_delete BEFORE DELETE ON wallet_entries WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'wallet_entries', OLD.id, OLD.customer_id,
           coalesce('customer_id=' || nullif(quote(OLD.customer_id), 'NULL') || ',', '') || coalesce('amount_cents=' || nullif(quote(OLD.amount_cents), 'NULL') || ',', '') || coalesce('type=' || nullif(quote(OLD.type), 'NULL') || ',', '') || coalesce('document_id=' || nullif(quote(OLD.document_id), 'NULL') || ',', '') || coalesce('reverses=' || nullif(quote(OLD.reverses), 'NULL') || ',', '') || coalesce('entered_on=' || nullif(quote(OLD.entered_on), 'NULL') || ',', '') || coalesce('recorded_at=' || nullif(quote(OLD.recorded_at), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'wallet_entries', OLD.id, OLD.customer_id,
           coalesce('note=' || nullif(quote(OLD.note), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_wallet_entries_insert BEFORE INSERT ON wallet_entries WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM wallet_entries WHERE id = NEW.id);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM wallet_entries WHERE reverses = NEW.reverses AND reverses IS NOT NULL AND NEW.reverses IS NOT NULL);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customers WHERE id = NEW.customer_id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.document_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM documents WHERE id = NEW.document_id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.reverses IS NOT NULL AND NOT EXISTS (SELECT 1 FROM wallet_entries WHERE id = NEW.reverses);
END;

CREATE TRIGGER guard_wallet_entries_update BEFORE UPDATE ON wallet_entries WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM wallet_entries WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM wallet_entries WHERE reverses = NEW.reverses AND reverses IS NOT NULL AND NEW.reverses IS NOT NULL AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customers WHERE id = NEW.customer_id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.document_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM documents WHERE id = NEW.document_id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.reverses IS NOT NULL AND NOT EXISTS (SELECT 1 FROM wallet_entries WHERE id = NEW.reverses);
END;

CREATE TRIGGER guard_wallet_entries_delete BEFORE DELETE ON wallet_entries WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM wallet_entries WHERE reverses = OLD.id);
END;

CREATE TRIGGER log_documents_insert AFTER INSERT ON documents WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'documents', NEW.id, NEW.customer_id,
           coalesce('customer_id=' || nullif(quote(NEW.customer_id), 'NULL') || ',', '') || coalesce('status=' || nullif(quote(NEW.status), 'NULL') || ',', '') || coalesce('quoted_on=' || nullif(quote(NEW.quoted_on), 'NULL') || ',', '') || coalesce('expires_on=' || nullif(quote(NEW.expires_on), 'NULL') || ',', '') || coalesce('ordered_on=' || nullif(quote(NEW.ordered_on), 'NULL') || ',', '') || coalesce('shipped_on=' || nullif(quote(NEW.shipped_on), 'NULL') || ',', '') || coalesce('class=' || nullif(quote(NEW.class), 'NULL') || ',', '') || coalesce('source=' || nullif(quote(NEW.source), 'NULL') || ',', '') || coalesce('location=' || nullif(quote(NEW.location), 'NULL') || ',', '') || coalesce('salesperson_id=' || nullif(quote(NEW.salesperson_id), 'NULL') || ',', '') || coalesce('needed_on=' || nullif(quote(NEW.needed_on), 'NULL') || ',', '') || coalesce('tax_rate=' || nullif(quote(NEW.tax_rate), 'NULL') || ',', '') || coalesce('delivery_charge_cents=' || nullif(quote(NEW.delivery_charge_cents), 'NULL') || ',', '') || coalesce('mileage_charge_cents=' || nullif(quote(NEW.mileage_charge_cents), 'NULL') || ',', '') || coalesce('trip_charge_cents=' || nullif(quote(NEW.trip_charge_cents), 'NULL') || ',', '') || coalesce('shipping_charge_cents=' || nullif(quote(NEW.shipping_charge_cents), 'NULL') || ',', '') || coalesce('rush_charge_cents=' || nullif(quote(NEW.rush_charge_cents), 'NULL') || ',', '') || coalesce('customer_discount_cents=' || nullif(quote(NEW.customer_discount_cents), 'NULL') || ',', '') || coalesce('rebate_cents=' || nullif(quote(NEW.rebate_cents), 'NULL') || ',', '') || coalesce('coupon_cents=' || nullif(quote(NEW.coupon_cents), 'NULL') || ',', '') || coalesce('gift_certificate_cents=' || nullif(quote(NEW.gift_certificate_cents), 'NULL') || ',', '') || coalesce('tax_cents=' || nullif(quote(NEW.tax_cents), 'NULL') || ',', '') || coalesce('created_at=' || nullif(quote(NEW.created_at), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'documents', NEW.id, NEW.customer_id,
           coalesce('job_name=' || nullif(quote(NEW.job_name), 'NULL') || ',', '') || coalesce('purchase_order=' || nullif(quote(NEW.purchase_order), 'NULL') || ',', '') || coalesce('delivery_text=' || nullif(quote(NEW.delivery_text), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_documents_update AFTER UPDATE OF customer_id, status, quoted_on, expires_on, ordered_on, shipped_on, job_name, class, source, location, salesperson_id, purchase_order, needed_on, delivery_text, tax_rate, delivery_charge_cents, mileage_charge_cents, trip_charge_cents, shipping_charge_cents, rush_charge_cents, customer_discount_cents, rebate_cents, coupon_cents, gift_certificate_cents, tax_cents, created_at ON documents
WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1) AND (OLD.customer_id IS NOT NEW.customer_id OR OLD.status IS NOT NEW.status OR OLD.quoted_on IS NOT NEW.quoted_on OR OLD.expires_on IS NOT NEW.expires_on OR OLD.ordered_on IS NOT NEW.ordered_on OR OLD.shipped_on IS NOT NEW.shipped_on OR OLD.job_name IS NOT NEW.job_name OR OLD.class IS NOT NEW.class OR OLD.source IS NOT NEW.source OR OLD.location IS NOT NEW.location OR OLD.salesperson_id IS NOT NEW.salesperson_id OR OLD.purchase_order IS NOT NEW.purchase_order OR OLD.needed_on IS NOT NEW.needed_on OR OLD.delivery_text IS NOT NEW.delivery_text OR OLD.tax_rate IS NOT NEW.tax_rate OR OLD.delivery_charge_cents IS NOT NEW.delivery_charge_cents OR OLD.mileage_charge_cents IS NOT NEW.mileage_charge_cents OR OLD.trip_charge_cents IS NOT NEW.trip_charge_cents OR OLD.shipping_charge_cents IS NOT NEW.shipping_charge_cents OR OLD.rush_charge_cents IS NOT NEW.rush_charge_cents OR OLD.customer_discount_cents IS NOT NEW.customer_discount_cents OR OLD.rebate_cents IS NOT NEW.rebate_cents OR OLD.coupon_cents IS NOT NEW.coupon_cents OR OLD.gift_certificate_cents IS NOT NEW.gift_certificate_cents OR OLD.tax_cents IS NOT NEW.tax_cents OR OLD.created_at IS NOT NEW.created_at)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'customer_id', quote(OLD.customer_id), quote(NEW.customer_id), 0
    FROM changes WHERE seal IS NULL AND OLD.customer_id IS NOT NEW.customer_id;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'status', quote(OLD.status), quote(NEW.status), 0
    FROM changes WHERE seal IS NULL AND OLD.status IS NOT NEW.status;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'quoted_on', quote(OLD.quoted_on), quote(NEW.quoted_on), 0
    FROM changes WHERE seal IS NULL AND OLD.quoted_on IS NOT NEW.quoted_on;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'expires_on', quote(OLD.expires_on), quote(NEW.expires_on), 0
    FROM changes WHERE seal IS NULL AND OLD.expires_on IS NOT NEW.expires_on;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'ordered_on', quote(OLD.ordered_on), quote(NEW.ordered_on), 0
    FROM changes WHERE seal IS NULL AND OLD.ordered_on IS NOT NEW.ordered_on;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'shipped_on', quote(OLD.shipped_on), quote(NEW.shipped_on), 0
    FROM changes WHERE seal IS NULL AND OLD.shipped_on IS NOT NEW.shipped_on;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'job_name', quote(OLD.job_name), quote(NEW.job_name), 1
    FROM changes WHERE seal IS NULL AND OLD.job_name IS NOT NEW.job_name;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'class', quote(OLD.class), quote(NEW.class), 0
    FROM changes WHERE seal IS NULL AND OLD.class IS NOT NEW.class;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'source', quote(OLD.source), quote(NEW.source), 0
    FROM changes WHERE seal IS NULL AND OLD.source IS NOT NEW.source;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'location', quote(OLD.location), quote(NEW.location), 0
    FROM changes WHERE seal IS NULL AND OLD.location IS NOT NEW.location;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'salesperson_id', quote(OLD.salesperson_id), quote(NEW.salesperson_id), 0
    FROM changes WHERE seal IS NULL AND OLD.salesperson_id IS NOT NEW.salesperson_id;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'purchase_order', quote(OLD.purchase_order), quote(NEW.purchase_order), 1
    FROM changes WHERE seal IS NULL AND OLD.purchase_order IS NOT NEW.purchase_order;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'needed_on', quote(OLD.needed_on), quote(NEW.needed_on), 0
    FROM changes WHERE seal IS NULL AND OLD.needed_on IS NOT NEW.needed_on;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'delivery_text', quote(OLD.delivery_text), quote(NEW.delivery_text), 1
    FROM changes WHERE seal IS NULL AND OLD.delivery_text IS NOT NEW.delivery_text;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'tax_rate', quote(OLD.tax_rate), quote(NEW.tax_rate), 0
    FROM changes WHERE seal IS NULL AND OLD.tax_rate IS NOT NEW.tax_rate;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'delivery_charge_cents', quote(OLD.delivery_charge_cents), quote(NEW.delivery_charge_cents), 0
    FROM changes WHERE seal IS NULL AND OLD.delivery_charge_cents IS NOT NEW.delivery_charge_cents;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'mileage_charge_cents', quote(OLD.mileage_charge_cents), quote(NEW.mileage_charge_cents), 0
    FROM changes WHERE seal IS NULL AND OLD.mileage_charge_cents IS NOT NEW.mileage_charge_cents;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'trip_charge_cents', quote(OLD.trip_charge_cents), quote(NEW.trip_charge_cents), 0
    FROM changes WHERE seal IS NULL AND OLD.trip_charge_cents IS NOT NEW.trip_charge_cents;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'shipping_charge_cents', quote(OLD.shipping_charge_cents), quote(NEW.shipping_charge_cents), 0
    FROM changes WHERE seal IS NULL AND OLD.shipping_charge_cents IS NOT NEW.shipping_charge_cents;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'rush_charge_cents', quote(OLD.rush_charge_cents), quote(NEW.rush_charge_cents), 0
    FROM changes WHERE seal IS NULL AND OLD.rush_charge_cents IS NOT NEW.rush_charge_cents;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'customer_discount_cents', quote(OLD.customer_discount_cents), quote(NEW.customer_discount_cents), 0
    FROM changes WHERE seal IS NULL AND OLD.customer_discount_cents IS NOT NEW.customer_discount_cents;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'rebate_cents', quote(OLD.rebate_cents), quote(NEW.rebate_cents), 0
    FROM changes WHERE seal IS NULL AND OLD.rebate_cents IS NOT NEW.rebate_cents;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'coupon_cents', quote(OLD.coupon_cents), quote(NEW.coupon_cents), 0
    FROM changes WHERE seal IS NULL AND OLD.coupon_cents IS NOT NEW.coupon_cents;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'gift_certificate_cents', quote(OLD.gift_certificate_cents), quote(NEW.gift_certificate_cents), 0
    FROM changes WHERE seal IS NULL AND OLD.gift_certificate_cents IS NOT NEW.gift_certificate_cents;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'tax_cents', quote(OLD.tax_cents), quote(NEW.tax_cents), 0
    FROM changes WHERE seal IS NULL AND OLD.tax_cents IS NOT NEW.tax_cents;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, 'created_at', quote(OLD.created_at), quote(NEW.created_at), 0
    FROM changes WHERE seal IS NULL AND OLD.created_at IS NOT NEW.created_at;
END;

CREATE TRIGGER log_documents_delete BEFORE DELETE ON documents WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'documents', OLD.id, OLD.customer_id,
           coalesce('customer_id=' || nullif(quote(OLD.customer_id), 'NULL') || ',', '') || coalesce('status=' || nullif(quote(OLD.status), 'NULL') || ',', '') || coalesce('quoted_on=' || nullif(quote(OLD.quoted_on), 'NULL') || ',', '') || coalesce('expires_on=' || nullif(quote(OLD.expires_on), 'NULL') || ',', '') || coalesce('ordered_on=' || nullif(quote(OLD.ordered_on), 'NULL') || ',', '') || coalesce('shipped_on=' || nullif(quote(OLD.shipped_on), 'NULL') || ',', '') || coalesce('class=' || nullif(quote(OLD.class), 'NULL') || ',', '') || coalesce('source=' || nullif(quote(OLD.source), 'NULL') || ',', '') || coalesce('location=' || nullif(quote(OLD.location), 'NULL') || ',', '') || coalesce('salesperson_id=' || nullif(quote(OLD.salesperson_id), 'NULL') || ',', '') || coalesce('needed_on=' || nullif(quote(OLD.needed_on), 'NULL') || ',', '') || coalesce('tax_rate=' || nullif(quote(OLD.tax_rate), 'NULL') || ',', '') || coalesce('delivery_charge_cents=' || nullif(quote(OLD.delivery_charge_cents), 'NULL') || ',', '') || coalesce('mileage_charge_cents=' || nullif(quote(OLD.mileage_charge_cents), 'NULL') || ',', '') || coalesce('trip_charge_cents=' || nullif(quote(OLD.trip_charge_cents), 'NULL') || ',', '') || coalesce('shipping_charge_cents=' || nullif(quote(OLD.shipping_charge_cents), 'NULL') || ',', '') || coalesce('rush_charge_cents=' || nullif(quote(OLD.rush_charge_cents), 'NULL') || ',', '') || coalesce('customer_discount_cents=' || nullif(quote(OLD.customer_discount_cents), 'NULL') || ',', '') || coalesce('rebate_cents=' || nullif(quote(OLD.rebate_cents), 'NULL') || ',', '') || coalesce('coupon_cents=' || nullif(quote(OLD.coupon_cents), 'NULL') || ',', '') || coalesce('gift_certificate_cents=' || nullif(quote(OLD.gift_certificate_cents), 'NULL') || ',', '') || coalesce('tax_cents=' || nullif(quote(OLD.tax_cents), 'NULL') || ',', '') || coalesce('created_at=' || nullif(quote(OLD.created_at), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'documents', OLD.id, OLD.customer_id,
           coalesce('job_name=' || nullif(quote(OLD.job_name), 'NULL') || ',', '') || coalesce('purchase_order=' || nullif(quote(OLD.purchase_order), 'NULL') || ',', '') || coalesce('delivery_text=' || nullif(quote(OLD.delivery_text), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_documents_insert BEFORE INSERT ON documents WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM documents WHERE id = NEW.id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customers WHERE id = NEW.customer_id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.salesperson_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.salesperson_id);
END;

CREATE TRIGGER guard_documents_update BEFORE UPDATE ON documents WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM documents WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customers WHERE id = NEW.customer_id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.salesperson_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM staff WHERE id = NEW.salesperson_id);
END;

CREATE TRIGGER guard_documents_delete BEFORE DELETE ON documents WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM external_ids WHERE document_id = OLD.id);
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM wallet_entries WHERE document_id = OLD.id);
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM document_lines WHERE document_id = OLD.id);
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM payments WHERE document_id = OLD.id);
END;

CREATE TRIGGER log_document_lines_insert AFTER INSERT ON document_lines WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'document_lines', NEW.id, (SELECT customer_id FROM documents WHERE id = NEW.document_id),
           coalesce('document_id=' || nullif(quote(NEW.document_id), 'NULL') || ',', '') || coalesce('line=' || nullif(quote(NEW.line), 'NULL') || ',', '') || coalesce('model=' || nullif(quote(NEW.model), 'NULL') || ',', '') || coalesce('description=' || nullif(quote(NEW.description), 'NULL') || ',', '') || coalesce('quantity=' || nullif(quote(NEW.quantity), 'NULL') || ',', '') || coalesce('unit_price_cents=' || nullif(quote(NEW.unit_price_cents), 'NULL') || ',', '') || coalesce('unit_cost_cents=' || nullif(quote(NEW.unit_cost_cents), 'NULL') || ',', '') || coalesce('discount_rate=' || nullif(quote(NEW.discount_rate), 'NULL') || ',', '') || coalesce('discount_cents=' || nullif(quote(NEW.discount_cents), 'NULL') || ',', '') || coalesce('delivery_status=' || nullif(quote(NEW.delivery_status), 'NULL') || ',', '') || coalesce('delivered_on=' || nullif(quote(NEW.delivered_on), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_document_lines_update AFTER UPDATE OF document_id, line, model, description, quantity, unit_price_cents, unit_cost_cents, discount_rate, discount_cents, delivery_status, delivered_on ON document_lines
WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1) AND (OLD.document_id IS NOT NEW.document_id OR OLD.line IS NOT NEW.line OR OLD.model IS NOT NEW.model OR OLD.description IS NOT NEW.description OR OLD.quantity IS NOT NEW.quantity OR OLD.unit_price_cents IS NOT NEW.unit_price_cents OR OLD.unit_cost_cents IS NOT NEW.unit_cost_cents OR OLD.discount_rate IS NOT NEW.discount_rate OR OLD.discount_cents IS NOT NEW.discount_cents OR OLD.delivery_status IS NOT NEW.delivery_status OR OLD.delivered_on IS NOT NEW.delivered_on)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'document_lines', NEW.id, (SELECT customer_id FROM documents WHERE id = NEW.document_id), 'document_id', quote(OLD.document_id), quote(NEW.document_id), 0
    FROM changes WHERE seal IS NULL AND OLD.document_id IS NOT NEW.document_id;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'document_lines', NEW.id, (SELECT customer_id FROM documents WHERE id = NEW.document_id), 'line', quote(OLD.line), quote(NEW.line), 0
    FROM changes WHERE seal IS NULL AND OLD.line IS NOT NEW.line;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'document_lines', NEW.id, (SELECT customer_id FROM documents WHERE id = NEW.document_id), 'model', quote(OLD.model), quote(NEW.model), 0
    FROM changes WHERE seal IS NULL AND OLD.model IS NOT NEW.model;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'document_lines', NEW.id, (SELECT customer_id FROM documents WHERE id = NEW.document_id), 'description', quote(OLD.description), quote(NEW.description), 0
    FROM changes WHERE seal IS NULL AND OLD.description IS NOT NEW.description;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'document_lines', NEW.id, (SELECT customer_id FROM documents WHERE id = NEW.document_id), 'quantity', quote(OLD.quantity), quote(NEW.quantity), 0
    FROM changes WHERE seal IS NULL AND OLD.quantity IS NOT NEW.quantity;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'document_lines', NEW.id, (SELECT customer_id FROM documents WHERE id = NEW.document_id), 'unit_price_cents', quote(OLD.unit_price_cents), quote(NEW.unit_price_cents), 0
    FROM changes WHERE seal IS NULL AND OLD.unit_price_cents IS NOT NEW.unit_price_cents;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'document_lines', NEW.id, (SELECT customer_id FROM documents WHERE id = NEW.document_id), 'unit_cost_cents', quote(OLD.unit_cost_cents), quote(NEW.unit_cost_cents), 0
    FROM changes WHERE seal IS NULL AND OLD.unit_cost_cents IS NOT NEW.unit_cost_cents;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'document_lines', NEW.id, (SELECT customer_id FROM documents WHERE id = NEW.document_id), 'discount_rate', quote(OLD.discount_rate), quote(NEW.discount_rate), 0
    FROM changes WHERE seal IS NULL AND OLD.discount_rate IS NOT NEW.discount_rate;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'document_lines', NEW.id, (SELECT customer_id FROM documents WHERE id = NEW.document_id), 'discount_cents', quote(OLD.discount_cents), quote(NEW.discount_cents), 0
    FROM changes WHERE seal IS NULL AND OLD.discount_cents IS NOT NEW.discount_cents;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'document_lines', NEW.id, (SELECT customer_id FROM documents WHERE id = NEW.document_id), 'delivery_status', quote(OLD.delivery_status), quote(NEW.delivery_status), 0
    FROM changes WHERE seal IS NULL AND OLD.delivery_status IS NOT NEW.delivery_status;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'document_lines', NEW.id, (SELECT customer_id FROM documents WHERE id = NEW.document_id), 'delivered_on', quote(OLD.delivered_on), quote(NEW.delivered_on), 0
    FROM changes WHERE seal IS NULL AND OLD.delivered_on IS NOT NEW.delivered_on;
END;

CREATE TRIGGER log_document_lines_delete BEFORE DELETE ON document_lines WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'document_lines', OLD.id, (SELECT customer_id FROM documents WHERE id = OLD.document_id),
           coalesce('document_id=' || nullif(quote(OLD.document_id), 'NULL') || ',', '') || coalesce('line=' || nullif(quote(OLD.line), 'NULL') || ',', '') || coalesce('model=' || nullif(quote(OLD.model), 'NULL') || ',', '') || coalesce('description=' || nullif(quote(OLD.description), 'NULL') || ',', '') || coalesce('quantity=' || nullif(quote(OLD.quantity), 'NULL') || ',', '') || coalesce('unit_price_cents=' || nullif(quote(OLD.unit_price_cents), 'NULL') || ',', '') || coalesce('unit_cost_cents=' || nullif(quote(OLD.unit_cost_cents), 'NULL') || ',', '') || coalesce('discount_rate=' || nullif(quote(OLD.discount_rate), 'NULL') || ',', '') || coalesce('discount_cents=' || nullif(quote(OLD.discount_cents), 'NULL') || ',', '') || coalesce('delivery_status=' || nullif(quote(OLD.delivery_status), 'NULL') || ',', '') || coalesce('delivered_on=' || nullif(quote(OLD.delivered_on), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_document_lines_insert BEFORE INSERT ON document_lines WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM document_lines WHERE id = NEW.id);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM document_lines WHERE document_id = NEW.document_id AND line = NEW.line);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.document_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM documents WHERE id = NEW.document_id);
END;

CREATE TRIGGER guard_document_lines_update BEFORE UPDATE ON document_lines WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM document_lines WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM document_lines WHERE document_id = NEW.document_id AND line = NEW.line AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.document_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM documents WHERE id = NEW.document_id);
END;

CREATE TRIGGER guard_document_lines_delete BEFORE DELETE ON document_lines WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM line_serials WHERE line_id = OLD.id);
END;

CREATE TRIGGER log_line_serials_insert AFTER INSERT ON line_serials WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'line_serials', NEW.id, (SELECT d.customer_id FROM documents d JOIN document_lines l ON l.document_id = d.id WHERE l.id = NEW.line_id),
           coalesce('line_id=' || nullif(quote(NEW.line_id), 'NULL') || ',', '') || coalesce('serial=' || nullif(quote(NEW.serial), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_line_serials_update AFTER UPDATE OF line_id, serial ON line_serials
WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1) AND (OLD.line_id IS NOT NEW.line_id OR OLD.serial IS NOT NEW.serial)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'line_serials', NEW.id, (SELECT d.customer_id FROM documents d JOIN document_lines l ON l.document_id = d.id WHERE l.id = NEW.line_id), 'line_id', quote(OLD.line_id), quote(NEW.line_id), 0
    FROM changes WHERE seal IS NULL AND OLD.line_id IS NOT NEW.line_id;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'line_serials', NEW.id, (SELECT d.customer_id FROM documents d JOIN document_lines l ON l.document_id = d.id WHERE l.id = NEW.line_id), 'serial', quote(OLD.serial), quote(NEW.serial), 0
    FROM changes WHERE seal IS NULL AND OLD.serial IS NOT NEW.serial;
END;

CREATE TRIGGER log_line_serials_delete BEFORE DELETE ON line_serials WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'line_serials', OLD.id, (SELECT d.customer_id FROM documents d JOIN document_lines l ON l.document_id = d.id WHERE l.id = OLD.line_id),
           coalesce('line_id=' || nullif(quote(OLD.line_id), 'NULL') || ',', '') || coalesce('serial=' || nullif(quote(OLD.serial), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_line_serials_insert BEFORE INSERT ON line_serials WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM line_serials WHERE id = NEW.id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.line_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM document_lines WHERE id = NEW.line_id);
END;

CREATE TRIGGER guard_line_serials_update BEFORE UPDATE ON line_serials WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM line_serials WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.line_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM document_lines WHERE id = NEW.line_id);
END;

CREATE TRIGGER log_payments_insert AFTER INSERT ON payments WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'payments', NEW.id, NEW.customer_id,
           coalesce('customer_id=' || nullif(quote(NEW.customer_id), 'NULL') || ',', '') || coalesce('document_id=' || nullif(quote(NEW.document_id), 'NULL') || ',', '') || coalesce('method=' || nullif(quote(NEW.method), 'NULL') || ',', '') || coalesce('status=' || nullif(quote(NEW.status), 'NULL') || ',', '') || coalesce('amount_cents=' || nullif(quote(NEW.amount_cents), 'NULL') || ',', '') || coalesce('paid_on=' || nullif(quote(NEW.paid_on), 'NULL') || ',', '') || coalesce('recorded_at=' || nullif(quote(NEW.recorded_at), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'payments', NEW.id, NEW.customer_id,
           coalesce('reference=' || nullif(quote(NEW.reference), 'NULL') || ',', '') || coalesce('note=' || nullif(quote(NEW.note), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_payments_update AFTER UPDATE OF customer_id, document_id, method, status, amount_cents, paid_on, reference, note, recorded_at ON payments
WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1) AND (OLD.customer_id IS NOT NEW.customer_id OR OLD.document_id IS NOT NEW.document_id OR OLD.method IS NOT NEW.method OR OLD.status IS NOT NEW.status OR OLD.amount_cents IS NOT NEW.amount_cents OR OLD.paid_on IS NOT NEW.paid_on OR OLD.reference IS NOT NEW.reference OR OLD.note IS NOT NEW.note OR OLD.recorded_at IS NOT NEW.recorded_at)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'payments', NEW.id, NEW.customer_id, 'customer_id', quote(OLD.customer_id), quote(NEW.customer_id), 0
    FROM changes WHERE seal IS NULL AND OLD.customer_id IS NOT NEW.customer_id;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'payments', NEW.id, NEW.customer_id, 'document_id', quote(OLD.document_id), quote(NEW.document_id), 0
    FROM changes WHERE seal IS NULL AND OLD.document_id IS NOT NEW.document_id;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'payments', NEW.id, NEW.customer_id, 'method', quote(OLD.method), quote(NEW.method), 0
    FROM changes WHERE seal IS NULL AND OLD.method IS NOT NEW.method;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'payments', NEW.id, NEW.customer_id, 'status', quote(OLD.status), quote(NEW.status), 0
    FROM changes WHERE seal IS NULL AND OLD.status IS NOT NEW.status;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'payments', NEW.id, NEW.customer_id, 'amount_cents', quote(OLD.amount_cents), quote(NEW.amount_cents), 0
    FROM changes WHERE seal IS NULL AND OLD.amount_cents IS NOT NEW.amount_cents;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'payments', NEW.id, NEW.customer_id, 'paid_on', quote(OLD.paid_on), quote(NEW.paid_on), 0
    FROM changes WHERE seal IS NULL AND OLD.paid_on IS NOT NEW.paid_on;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'payments', NEW.id, NEW.customer_id, 'reference', quote(OLD.reference), quote(NEW.reference), 1
    FROM changes WHERE seal IS NULL AND OLD.reference IS NOT NEW.reference;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'payments', NEW.id, NEW.customer_id, 'note', quote(OLD.note), quote(NEW.note), 1
    FROM changes WHERE seal IS NULL AND OLD.note IS NOT NEW.note;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'payments', NEW.id, NEW.customer_id, 'recorded_at', quote(OLD.recorded_at), quote(NEW.recorded_at), 0
    FROM changes WHERE seal IS NULL AND OLD.recorded_at IS NOT NEW.recorded_at;
END;

CREATE TRIGGER log_payments_delete BEFORE DELETE ON payments WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'payments', OLD.id, OLD.customer_id,
           coalesce('customer_id=' || nullif(quote(OLD.customer_id), 'NULL') || ',', '') || coalesce('document_id=' || nullif(quote(OLD.document_id), 'NULL') || ',', '') || coalesce('method=' || nullif(quote(OLD.method), 'NULL') || ',', '') || coalesce('status=' || nullif(quote(OLD.status), 'NULL') || ',', '') || coalesce('amount_cents=' || nullif(quote(OLD.amount_cents), 'NULL') || ',', '') || coalesce('paid_on=' || nullif(quote(OLD.paid_on), 'NULL') || ',', '') || coalesce('recorded_at=' || nullif(quote(OLD.recorded_at), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'payments', OLD.id, OLD.customer_id,
           coalesce('reference=' || nullif(quote(OLD.reference), 'NULL') || ',', '') || coalesce('note=' || nullif(quote(OLD.note), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_payments_insert BEFORE INSERT ON payments WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM payments WHERE id = NEW.id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customers WHERE id = NEW.customer_id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.document_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM documents WHERE id = NEW.document_id);
END;

CREATE TRIGGER guard_payments_update BEFORE UPDATE ON payments WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM payments WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customers WHERE id = NEW.customer_id);
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.document_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM documents WHERE id = NEW.document_id);
END;

CREATE TRIGGER figures_customers_update AFTER UPDATE OF touched_on ON customers WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = NEW.id)
    WHERE customer_id = NEW.id;
END;

CREATE TRIGGER figures_documents_insert AFTER INSERT ON documents WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = NEW.customer_id)
    WHERE customer_id = NEW.customer_id;
END;

CREATE TRIGGER figures_documents_delete AFTER DELETE ON documents WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = OLD.customer_id)
    WHERE customer_id = OLD.customer_id;
END;

CREATE TRIGGER figures_documents_update AFTER UPDATE OF customer_id, status, quoted_on, ordered_on, goods_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines, delivery_charge_cents, mileage_charge_cents, trip_charge_cents, shipping_charge_cents, rush_charge_cents, customer_discount_cents, rebate_cents, coupon_cents, gift_certificate_cents, tax_cents ON documents WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = OLD.customer_id)
    WHERE customer_id = OLD.customer_id;
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = NEW.customer_id)
    WHERE customer_id = NEW.customer_id;
END;

CREATE TRIGGER figures_payments_insert AFTER INSERT ON payments WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = NEW.customer_id)
    WHERE customer_id = NEW.customer_id;
END;

CREATE TRIGGER figures_payments_delete AFTER DELETE ON payments WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = OLD.customer_id)
    WHERE customer_id = OLD.customer_id;
END;

CREATE TRIGGER figures_payments_update AFTER UPDATE OF customer_id, paid_on ON payments WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = OLD.customer_id)
    WHERE customer_id = OLD.customer_id;
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = NEW.customer_id)
    WHERE customer_id = NEW.customer_id;
END;

CREATE TRIGGER figures_notes_insert AFTER INSERT ON notes WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = NEW.customer_id)
    WHERE customer_id = NEW.customer_id;
END;

CREATE TRIGGER figures_notes_delete AFTER DELETE ON notes WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = OLD.customer_id)
    WHERE customer_id = OLD.customer_id;
END;

CREATE TRIGGER figures_notes_update AFTER UPDATE OF customer_id, written_on ON notes WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = OLD.customer_id)
    WHERE customer_id = OLD.customer_id;
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = NEW.customer_id)
    WHERE customer_id = NEW.customer_id;
END;

CREATE TRIGGER figures_wallet_entries_insert AFTER INSERT ON wallet_entries WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = NEW.customer_id)
    WHERE customer_id = NEW.customer_id;
END;

CREATE TRIGGER figures_wallet_entries_delete AFTER DELETE ON wallet_entries WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = OLD.customer_id)
    WHERE customer_id = OLD.customer_id;
END;

CREATE TRIGGER figures_wallet_entries_update AFTER UPDATE OF customer_id, entered_on ON wallet_entries WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = OLD.customer_id)
    WHERE customer_id = OLD.customer_id;
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = NEW.customer_id)
    WHERE customer_id = NEW.customer_id;
END;

CREATE TRIGGER sums_document_lines_insert AFTER INSERT ON document_lines WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = NEW.document_id)
    WHERE id = NEW.document_id;
END;

CREATE TRIGGER sums_document_lines_delete AFTER DELETE ON document_lines WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = OLD.document_id)
    WHERE id = OLD.document_id;
END;

CREATE TRIGGER sums_document_lines_update AFTER UPDATE OF document_id, quantity, unit_price_cents, discount_rate, discount_cents, delivery_status, delivered_on ON document_lines WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = OLD.document_id)
    WHERE id = OLD.document_id;
  UPDATE documents SET (goods_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = NEW.document_id)
    WHERE id = NEW.document_id;
END;

CREATE TRIGGER sums_payments_insert AFTER INSERT ON payments WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = NEW.document_id)
    WHERE id = NEW.document_id;
END;

CREATE TRIGGER sums_payments_delete AFTER DELETE ON payments WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = OLD.document_id)
    WHERE id = OLD.document_id;
END;

CREATE TRIGGER sums_payments_update AFTER UPDATE OF document_id, status, method, amount_cents ON payments WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = OLD.document_id)
    WHERE id = OLD.document_id;
  UPDATE documents SET (goods_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = NEW.document_id)
    WHERE id = NEW.document_id;
END;

CREATE TRIGGER search_contacts_insert AFTER INSERT ON contacts WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN UPDATE customers SET sort_name = NULL WHERE id = NEW.customer_id AND sort_name IS NOT NULL; END;

CREATE TRIGGER search_contacts_delete AFTER DELETE ON contacts WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN UPDATE customers SET sort_name = NULL WHERE id = OLD.customer_id AND sort_name IS NOT NULL; END;

CREATE TRIGGER search_contacts_update AFTER UPDATE OF customer_id, first_name, last_name, phone_key, email ON contacts WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN UPDATE customers SET sort_name = NULL WHERE id = NEW.customer_id AND sort_name IS NOT NULL; END;

CREATE TRIGGER search_billing_emails_insert AFTER INSERT ON billing_emails WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN UPDATE customers SET sort_name = NULL WHERE id = NEW.customer_id AND sort_name IS NOT NULL; END;

CREATE TRIGGER search_billing_emails_delete AFTER DELETE ON billing_emails WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN UPDATE customers SET sort_name = NULL WHERE id = OLD.customer_id AND sort_name IS NOT NULL; END;

CREATE TRIGGER search_billing_emails_update AFTER UPDATE OF customer_id, email ON billing_emails WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN UPDATE customers SET sort_name = NULL WHERE id = NEW.customer_id AND sort_name IS NOT NULL; END;

PRAGMA application_id = 1752523297;
PRAGMA user_version = 1;
