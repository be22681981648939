"""Writes a database of tasks, messages and metrics, as a workflow might keep it, with Python's sqlite3."""
import os
import sqlite3
import sys

out = os.path.join(sys.argv[1], "workflow")
os.makedirs(out, exist_ok=True)
path = os.path.join(out, "board.sqlite")
if os.path.exists(path):
    os.remove(path)
database = sqlite3.connect(path)
database.execute("PRAGMA page_size=512")
database.executescript("""
CREATE TABLE tasks (id TEXT PRIMARY KEY, status TEXT, owner TEXT, updatedAt TEXT, attempts INTEGER);
CREATE TABLE messages (id INTEGER PRIMARY KEY, sender TEXT, recipient TEXT, at TEXT, content TEXT);
CREATE TABLE progress (step INTEGER, loss REAL, tokens INTEGER);
CREATE TABLE version (number INTEGER);
INSERT INTO version VALUES (3);
""")
database.executemany("INSERT INTO tasks VALUES (?, ?, ?, ?, ?)",
                     [("t1", "blocked", "ada", "2024-01-31T12:00:00", 2), ("t2", "done", "bob", "2024-01-31T12:00:30", 1), ("t3", "open", None, "2024-01-31T12:01:00", 0)])
database.executemany("INSERT INTO messages VALUES (?, ?, ?, ?, ?)", [(1, "ada", "bob", "2024-01-31T12:00:10", "please look at t1"), (2, "bob", "ada", "2024-01-31T12:00:20", "später")])
database.executemany("INSERT INTO progress VALUES (?, ?, ?)", [(10 * i, 1 / (i + 3), 1000 * i) for i in range(5)])
database.commit()
database.close()
