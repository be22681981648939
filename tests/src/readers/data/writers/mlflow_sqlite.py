"""Writes an MLflow store in SQLite with MLflow itself, and prints what MLflow reads back."""
import os
import sys

import mlflow

out = os.path.abspath(os.path.join(sys.argv[1], "mlflow_sqlite"))
os.makedirs(out, exist_ok=True)
path = os.path.join(out, "mlflow.db")
if os.path.exists(path):
    os.remove(path)
mlflow.set_tracking_uri("sqlite:///" + path)
client = mlflow.MlflowClient()
experiment = client.create_experiment("demo", artifact_location="/tmp/artifacts")
values = {"train/loss": [1 / (i + 3) for i in range(6)], "val loss": [0.5, float("nan"), float("inf"), -float("inf")], "best": [0.25]}
run = client.create_run(experiment, run_name="calm-fox-1", start_time=1700000000000)
for key, column in values.items():
    for i, value in enumerate(column):
        client.log_metric(run.info.run_id, key, value, timestamp=1700000000000 + 1000 * i, step=10 * i)
for key, value in {"learning_rate": 0.01, "optimizer": "sgd", "nesterov": True}.items():
    client.log_param(run.info.run_id, key, value)
client.set_terminated(run.info.run_id, end_time=1700000010000)
for key in sorted(values):
    for metric in sorted(client.get_metric_history(run.info.run_id, key), key=lambda m: m.step):
        print(f"{key}\t{metric.step}\t{metric.value!r}")

# A store has some fifty tables; those that a tracking run writes stay, in small pages.
import sqlite3

database = sqlite3.connect(path)
database.execute("PRAGMA foreign_keys=OFF")
kept = {"runs", "metrics", "params", "experiments", "latest_metrics"}
for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall():
    if name not in kept:
        database.execute(f'DROP TABLE "{name}"')
database.execute("UPDATE runs SET user_id = 'someone', source_name = ''")
database.commit()
database.execute("PRAGMA page_size=512")
database.execute("VACUUM")
database.close()
