"""Writes an MLflow file store with one run."""
import glob
import os
import shutil
import sys

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
import mlflow
from mlflow.entities import Metric

out = os.path.abspath(os.path.join(sys.argv[1], "mlflow"))
shutil.rmtree(out, ignore_errors=True)
mlflow.set_tracking_uri("file://" + os.path.join(out, "mlruns"))
mlflow.set_experiment("demo")
with mlflow.start_run(run_name="tidy-owl") as run:
    mlflow.log_params({"learning_rate": 0.01, "optimizer": "sgd", "nesterov": True})
    client = mlflow.MlflowClient()
    metrics = [Metric("train/loss", 1 / (step + 3), 1700000000000 + 1000 * step, step * 10) for step in range(6)]
    metrics += [Metric("Discriminator loss", float("nan") if step == 1 else step / 7, 1700000000000 + 1000 * step, step) for step in range(3)]
    client.log_batch(run.info.run_id, metrics)
    mlflow.log_metric("best", 0.25)
shutil.rmtree(os.path.join(out, "mlruns", ".trash"), ignore_errors=True)
for meta in glob.glob(os.path.join(out, "mlruns", "**", "meta.yaml"), recursive=True):
    text = open(meta).read().replace("file://" + out, "file:///data")
    open(meta, "w").write(text)
