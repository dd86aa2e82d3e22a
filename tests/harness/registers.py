"""A register with a year of incidents, made by the database itself: 500 senders, 2,000 domains.

In:  a connection to SQLite or a PostgreSQL server whose tables noshare has made, a number
Out: so many incidents, with one or two findings each, their index, counts by day, holds
The newest holds wait, the others are released. Both databases get the same rows.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from .postgres import Postgres

BEGIN = date(2025, 11, 24)
YEAR_US = 365 * 86_400_000_000
STEP = 200_000
WAITING = 3_000     # of the newest incidents, those that are held wait for officers

_MADE = """
CREATE TEMPORARY TABLE made AS WITH RECURSIVE numbers (n) AS (
    SELECT CAST({first} AS BIGINT) UNION ALL SELECT n + 1 FROM numbers WHERE n < {last})
  SELECT n, 'NS-' || substr(CAST(100000000 + n AS TEXT), 2) AS label, t, {day} AS day,
    'person' || (n * 7919 % 500) || '@example.com' AS sender,
    'domain' || (n * 104729 % 2000) || '.test' AS domain,
    CASE n * 31 % 4 WHEN 0 THEN 'cards' WHEN 1 THEN 'contact-list' WHEN 2 THEN 'note'
      ELSE 'unread' END AS rule,
    CASE n * 31 % 4 WHEN 0 THEN 'reject' WHEN 2 THEN 'tag' ELSE 'hold' END AS action,
    CASE n * 17 % 8 WHEN 0 THEN 'payment_card_number' WHEN 1 THEN 'iban' WHEN 2 THEN
      'email_address' WHEN 3 THEN 'phone_number' WHEN 4 THEN 'us_ssn' WHEN 5 THEN
      'person_name' WHEN 6 THEN 'street_address' ELSE 'birth_date' END AS entity
  FROM (SELECT n, {begin} + {year} / {of} * n AS t FROM numbers) AS timed
"""
_FILL = ["""
INSERT INTO incidents (id, case_number, retry_key, time_us, last_time_us, sender, client_address,
    authenticated_user, queue_id, daemon_name, local_submission, message_id, message_fingerprint,
    bytes, encrypted, is_signed, direction, monitor, action, carried_out, rule, reply, why,
    allowances, policy_version, pack_version, snapshot, findings_dropped, facts)
  SELECT n + 1, label, 'key ' || n, t, t, sender, '', '', '4Q' || n, '', 0,
    'm' || n || '@example.com', {digest}('m' || n), 5000, 0, 0, 0, 0, action, action, rule, '',
    '["rule ' || rule || ' matched"]', '[]', 'p', 'k', '', 0, '{{}}' FROM made""", """
INSERT INTO incident_recipients SELECT n + 1, 0, 'x@' || domain, 'third', action, rule,
    '["' || rule || '"]', '[0]' FROM made""", """
INSERT INTO incident_findings
  SELECT n + 1, 0, entity, 90, '1', 'body', 'plain', 0, 4, '****1111', {digest}('v' || n),
    {digest}('u' || n), 0, 0, '["matched 30","near a word, now 90"]' FROM made
  UNION ALL SELECT n + 1, 1, 'person_name', 75, '1', 'body', 'plain', 9, 14, 'J*** D**',
    {digest}('w' || n), {digest}('u' || n), 0, 0, '["matched 75"]' FROM made WHERE n % 2 = 0""", """
INSERT INTO incident_keys (kind, key, time_us, incident) SELECT kind, key, t, n + 1 FROM (
    SELECT 1 AS kind, sender AS key, t, n FROM made
    UNION ALL SELECT 2, 'example.com', t, n FROM made
    UNION ALL SELECT 3, 'x@' || domain, t, n FROM made
    UNION ALL SELECT 4, domain, t, n FROM made
    UNION ALL SELECT 5, rule, t, n FROM made
    UNION SELECT 6, entity, t, n FROM made
    UNION SELECT 6, 'person_name', t, n FROM made WHERE n % 2 = 0
    UNION ALL SELECT 7, action, t, n FROM made) AS keys ORDER BY kind, key, t""", """
INSERT INTO daily_counts (day, kind, key, number)
  SELECT substr(day, 1, chars), kind + more, key, count(*) FROM (
    SELECT day, 0 AS kind, '' AS key FROM made
    UNION ALL SELECT day, 1, action FROM made
    UNION ALL SELECT day, 2, rule FROM made
    UNION ALL SELECT day, 3, entity FROM made
    UNION ALL SELECT day, 4, entity FROM made
    UNION ALL SELECT day, 5, sender FROM made
    UNION ALL SELECT day, 6, domain FROM made) AS counted,
    (SELECT 10 AS chars, 0 AS more UNION ALL SELECT 9, 200 UNION ALL SELECT 7, 100
      UNION ALL SELECT 4, 300)
    AS spans
  WHERE true GROUP BY substr(day, 1, chars), kind + more, key
  ON CONFLICT (kind, day, key) DO UPDATE SET number = daily_counts.number + excluded.number""", """
INSERT INTO holds SELECT label, CASE WHEN n > {of} - {waiting} THEN 'held' ELSE 'released' END,
    t, t, sender FROM made WHERE action = 'hold'""", """
INSERT INTO hold_decisions (case_number, time_us, officer, decision, reason)
  SELECT label, t, 'anna', 'release', 'fine' FROM made
  WHERE action = 'hold' AND n <= {of} - {waiting}""", "DROP TABLE made"]


def _batches(count: int, run: Callable[[list[str]], None], day: str, digest: str) -> None:
    values = {"begin": _microseconds(BEGIN), "year": YEAR_US, "of": count, "waiting": WAITING,
              "day": day, "digest": digest}
    for first in range(0, count, STEP):
        values |= {"first": first, "last": min(first + STEP, count) - 1}
        run([text.format(**values) for text in [_MADE, *_FILL]])


def fill_sqlite(file: Path, count: int) -> None:
    database = sqlite3.connect(file, isolation_level=None)
    database.create_function("digest", 1, lambda text: hashlib.md5(text.encode()).digest())
    database.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; "
                           "PRAGMA temp_store = MEMORY")

    def run(statements: list[str]) -> None:
        for text in ["BEGIN", *statements, "COMMIT"]:
            database.execute(text)
    _batches(count, run, "date(t / 1000000, 'unixepoch')", "digest")
    database.close()


def fill_postgres(server: Postgres, count: int) -> None:
    server.sql("CREATE FUNCTION digest_of(text) RETURNS bytea IMMUTABLE LANGUAGE sql AS "
               "'SELECT decode(md5($1), ''hex'')'")
    month = BEGIN.replace(day=1)
    for _ in range(13):
        after = (month + timedelta(days=32)).replace(day=1)
        for table in ("incidents", "incident_keys"):
            server.sql(f"CREATE TABLE {table}_{month:%Y_%m} PARTITION OF {table} FOR VALUES "
                       f"FROM ({_microseconds(month)}) TO ({_microseconds(after)})")
        month = after
    _batches(count, lambda statements: server.sql(
        "; ".join(["SET synchronous_commit = off", *statements]), timeout=3600),
        "to_char(to_timestamp(t / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD')", "digest_of")
    server.sql("SELECT setval('incident_ids', " + str(count + 1) + ")")
    server.sql("VACUUM ANALYZE", timeout=3600)


def _microseconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=timezone.utc).timestamp()) * 1_000_000
