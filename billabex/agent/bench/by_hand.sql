-- What planning an invented organization comes to, written by hand as one set-based statement: the limit that
-- `manage.py bench cycle` compares the agent with. It knows only what that data holds: no pauses, disputes or other
-- currencies, no credit that covers an invoice, nothing settled late, one usable contact at least or none at all.
-- `bench_calendar` holds, for each customer's country, every day with its number of business days so far.
WITH facts AS (
  SELECT a.id AS account_id, a.updated_at, a.country, a.name, written.last_on, written.count AS written,
         credit.amount AS credit, oldest.due_on AS oldest_due_on,
         coalesce(oldest.count, 0) AS open, person.id AS person_id
  FROM accounts_account a
  LEFT JOIN LATERAL (
    SELECT c.id FROM contacts_contact c
    WHERE c.account_id = a.id AND c.email <> '' AND c.email_status = 'Valid' AND NOT c.do_not_contact AND NOT c.copy_only
    ORDER BY c.is_primary DESC, c.created_at, c.id LIMIT 1
  ) person ON true
  LEFT JOIN (
    SELECT account_id, min(due_on) AS due_on, count(*) AS count FROM invoices_invoice
    WHERE organization_id = %(organization)s AND settled_on IS NULL GROUP BY account_id
  ) oldest ON oldest.account_id = a.id
  LEFT JOIN (
    SELECT account_id, max(planned_on) AS last_on, count(*) AS count FROM communications_communication
    WHERE organization_id = %(organization)s AND status = 'sent' GROUP BY account_id
  ) written ON written.account_id = a.id
  LEFT JOIN (
    SELECT account_id, sum(remaining_amount) AS amount FROM invoices_creditnote
    WHERE organization_id = %(organization)s AND remaining_amount > 0 GROUP BY account_id
  ) credit ON credit.account_id = a.id
  WHERE a.organization_id = %(organization)s AND a.status = 'active' AND a.follow_up_owner = 'agent'
  FOR UPDATE OF a
),
owing AS (SELECT * FROM facts WHERE person_id IS NOT NULL AND oldest_due_on IS NOT NULL),
reminded AS (
  SELECT i.account_id, i.id, greatest(lead.day, today.day) AS day
  FROM owing f
  JOIN invoices_invoice i ON i.account_id = f.account_id AND i.settled_on IS NULL AND i.due_on >= %(today)s
  JOIN bench_calendar eve ON eve.country = f.country AND eve.day = i.due_on - 1
  JOIN bench_calendar lead ON lead.country = f.country AND lead.is_open AND lead.n = eve.n - 2
  JOIN bench_calendar since ON since.country = f.country AND since.day = %(today)s - 1
  JOIN bench_calendar today ON today.country = f.country AND today.is_open AND today.n = since.n + 1
  WHERE (i.created_at AT TIME ZONE 'Europe/Paris')::date <= lead.day
    AND i.due_on >= greatest(lead.day, today.day)
),
days AS (
  SELECT f.*, follow_up.day AS follow_up_on, least(follow_up.day, reminder.day) AS day
  FROM owing f
  JOIN bench_calendar due ON due.country = f.country AND due.day = f.oldest_due_on
  LEFT JOIN bench_calendar last ON last.country = f.country AND last.day = f.last_on
  LEFT JOIN (SELECT account_id, min(day) AS day FROM reminded GROUP BY account_id) reminder
    ON reminder.account_id = f.account_id
  CROSS JOIN LATERAL (
    SELECT c.day FROM bench_calendar c
    WHERE c.country = f.country AND c.is_open AND c.n > due.n AND c.day >= %(today)s
      AND (last.n IS NULL OR c.n - last.n >= CASE WHEN c.day - f.oldest_due_on <= 30 THEN 10
                                                  WHEN c.day - f.oldest_due_on <= 60 THEN 5 ELSE 3 END)
    ORDER BY c.day LIMIT 1
  ) follow_up
),
named AS (
  SELECT d.account_id, d.day, count(*) FILTER (WHERE i.due_on < d.day) AS overdue,
         count(r.id) FILTER (WHERE r.day <= d.day) AS reminded,
         min(i.due_on) AS first_due_on,
         (array_agg(i.number ORDER BY i.due_on, i.issued_on, i.number))[1] AS first_number,
         (array_agg(i.number ORDER BY i.due_on, i.issued_on, i.number) FILTER (WHERE r.day <= d.day))[1] AS soon_number,
         min(i.due_on) FILTER (WHERE r.day <= d.day) AS soon_due_on,
         jsonb_agg(jsonb_build_object('number', i.number, 'due_on', i.due_on, 'currency', i.currency,
           'remaining', round(i.remaining_amount, 2)::text, 'days_late', d.day - i.due_on)
           ORDER BY i.due_on, i.issued_on, i.number) AS invoices
  FROM days d
  JOIN invoices_invoice i ON i.account_id = d.account_id AND i.settled_on IS NULL
  LEFT JOIN reminded r ON r.id = i.id
  WHERE i.due_on <= greatest(d.day + 7, CASE WHEN r.day <= d.day THEN i.due_on END)
  GROUP BY d.account_id, d.day
),
planned AS MATERIALIZED (
  SELECT gen_random_uuid() AS message_id, d.*, n.overdue, n.invoices, n.first_number, n.soon_number, n.soon_due_on,
         n.reminded, is_follow_up, CASE WHEN is_follow_up THEN earlier + 1 ELSE 0 END AS step,
         CASE WHEN NOT is_follow_up OR d.day - d.oldest_due_on <= 30 THEN 'courteous'
              WHEN d.day - d.oldest_due_on <= 60 THEN 'professional' ELSE 'firm' END AS tone
  FROM days d
  JOIN named n ON n.account_id = d.account_id
  CROSS JOIN LATERAL (
    SELECT n.overdue > 0 AS is_follow_up,
           CASE WHEN d.last_on > d.oldest_due_on THEN d.written ELSE 0 END AS earlier
  ) voice
),
reasoned AS MATERIALIZED (
  SELECT p.*,
         CASE WHEN is_follow_up AND day = follow_up_on THEN jsonb_build_array(jsonb_build_object(
           'code', CASE WHEN last_on IS NULL THEN 'first_follow_up' ELSE 'follow_up' END, 'number', first_number,
           'due_on', oldest_due_on, 'age', day - oldest_due_on, 'interval',
           CASE WHEN day - oldest_due_on <= 30 THEN 10 WHEN day - oldest_due_on <= 60 THEN 5 ELSE 3 END,
           'last_on', coalesce(last_on::text, ''), 'overdue', overdue)) ELSE '[]' END
         || CASE WHEN reminded > 0 THEN jsonb_build_array(jsonb_build_object(
           'code', 'reminder', 'number', soon_number, 'due_on', soon_due_on, 'count', reminded)) ELSE '[]' END AS reasons
  FROM planned p
),
messages AS (
  INSERT INTO communications_communication ({communication})
  SELECT {communication_values} FROM reasoned RETURNING id
),
recipients AS MATERIALIZED (
  SELECT p.message_id, c.id, c.full_name, c.email, CASE WHEN c.id = p.person_id THEN 'to' ELSE 'cc' END AS field, p.account_id
  FROM planned p
  JOIN contacts_contact c ON c.account_id = p.account_id
  WHERE c.id = p.person_id OR (is_follow_up AND (tone = 'firm' OR step >= 3)
    AND c.email <> '' AND c.email_status = 'Valid' AND NOT c.do_not_contact)
),
addressed AS (
  INSERT INTO communications_recipient (id, created_at, updated_at, communication_id, field, contact_id, name, address)
  SELECT gen_random_uuid(), %(now)s, %(now)s, message_id, field, id, full_name, email FROM recipients RETURNING 1
),
people AS (
  SELECT account_id, max(email) FILTER (WHERE field = 'to') AS "to",
         coalesce(jsonb_agg(email ORDER BY id) FILTER (WHERE field = 'cc'), '[]') AS cc
  FROM recipients GROUP BY account_id
),
outcomes AS (
  SELECT gen_random_uuid() AS id, f.account_id, f.updated_at, r.day,
         CASE WHEN r.day IS NOT NULL THEN 'message' WHEN f.person_id IS NULL THEN 'task' ELSE 'nothing' END AS outcome,
         coalesce(r.reasons, jsonb_build_array(CASE WHEN f.person_id IS NULL
           THEN jsonb_build_object('code', 'no_contact', 'known', 0, 'open', f.open)
           ELSE jsonb_build_object('code', 'nothing_open') END)) AS reasons,
         CASE WHEN f.person_id IS NULL THEN '{{"ask": "no_contact"}}' WHEN r.day IS NULL THEN '{{}}'
         ELSE jsonb_build_object(
           'kind', CASE WHEN is_follow_up THEN 'follow_up' ELSE 'pre_due_reminder' END, 'step', step, 'tone', tone,
           'to', people."to", 'cc', people.cc, 'invoices', invoices, 'deadline_on', '', 'broken_promise_on', '',
           'credit', CASE WHEN r.credit IS NULL THEN '{{}}'
                          ELSE jsonb_build_object('EUR', round(r.credit, 2)::text) END) END AS facts
  FROM facts f
  LEFT JOIN reasoned r ON r.account_id = f.account_id
  LEFT JOIN people ON people.account_id = f.account_id
),
decisions AS (
  INSERT INTO agent_decision (id, created_at, decided_on, outcome, planned_on, reasons, facts, fingerprint, account_id,
                              organization_id)
  SELECT id, %(now)s, %(today)s, outcome, day, reasons, facts,
         encode(sha256(convert_to(concat(outcome, day, reasons, facts), 'UTF8')), 'hex'), account_id, %(organization)s
  FROM outcomes RETURNING 1
),
agenda AS (
  INSERT INTO agent_agenda (account_id, decision_id, look_on, seen_at, basis)
  SELECT account_id, id, day + 1, updated_at, 'by hand' FROM outcomes RETURNING 1
),
asked AS (
  INSERT INTO tasks_task ({task})
  SELECT {task_values}
  FROM outcomes WHERE outcome = 'task' RETURNING id, account_id
),
said AS (
  INSERT INTO tasks_interaction (id, created_at, party, author_label, text, code, facts, task_id)
  SELECT gen_random_uuid(), %(now)s, 'agent', 'Billabex', '', 'no_contact', jsonb_build_object('account', name), id
  FROM asked JOIN facts USING (account_id) RETURNING 1
)
SELECT outcome, count(*) FROM outcomes GROUP BY outcome
