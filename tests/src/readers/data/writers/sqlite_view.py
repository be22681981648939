"""Writes a database that looks like an MLflow store, but whose metrics are a view without an end, with Python's sqlite3."""
import os
import sqlite3
import sys

out = os.path.join(sys.argv[1], "sqlite_view")
os.makedirs(out, exist_ok=True)
path = os.path.join(out, "endless.sqlite")
if os.path.exists(path):
    os.remove(path)
database = sqlite3.connect(path)
database.execute("PRAGMA page_size=512")
database.executescript("""
CREATE TABLE runs (run_uuid TEXT, start_time INTEGER);
CREATE TABLE params (key TEXT, value TEXT, run_uuid TEXT);
CREATE VIEW metrics AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
  SELECT 'loss' AS key, x AS step, 1.0 AS value, 'b' AS run_uuid, x AS timestamp FROM n;
INSERT INTO runs VALUES ('a', 1);
""")
database.commit()
database.close()
