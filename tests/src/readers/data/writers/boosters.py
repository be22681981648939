"""Writes the logs of XGBoost, LightGBM and CatBoost as a user's terminal shows them."""
import contextlib
import io
import os
import shutil
import subprocess
import sys

import numpy

out = sys.argv[1]
if len(sys.argv) == 2:
    for which in ("xgboost", "lightgbm", "catboost"):
        os.makedirs(os.path.join(out, which), exist_ok=True)
        with open(os.path.join(out, which, "train.log"), "w") as log:
            subprocess.run([sys.executable, __file__, out, which], stdout=log, stderr=subprocess.DEVNULL, check=True)
    sys.exit()

rng = numpy.random.default_rng(1)
x = rng.normal(size=(200, 4))
y = (x[:, 0] + 0.5 * rng.normal(size=200) > 0).astype(int)
train, test = slice(0, 150), slice(150, 200)
which = sys.argv[2]
if which == "xgboost":
    import xgboost

    data = {"train": xgboost.DMatrix(x[train], y[train]), "eval": xgboost.DMatrix(x[test], y[test])}
    history = {}
    xgboost.train({"objective": "binary:logistic", "eval_metric": ["logloss", "auc"], "nthread": 1, "seed": 1}, data["train"], 12,
                  evals=[(data["train"], "train"), (data["eval"], "eval")], evals_result=history)
    import json
    json.dump(history, open(os.path.join(out, which, "evals_result.json"), "w"))
elif which == "lightgbm":
    import lightgbm

    data = lightgbm.Dataset(x[train], y[train])
    lightgbm.train({"objective": "binary", "num_threads": 1, "seed": 1, "verbose": 1}, data, 40,
                   valid_sets=[data, lightgbm.Dataset(x[test], y[test], reference=data)], valid_names=["training", "valid_1"],
                   callbacks=[lightgbm.log_evaluation(2), lightgbm.early_stopping(8)])
else:
    import catboost

    folder = os.path.join(out, which, "catboost_info")
    shutil.rmtree(folder, ignore_errors=True)
    model = catboost.CatBoostClassifier(iterations=12, learning_rate=0.3, thread_count=1, random_seed=1, train_dir=folder, eval_metric="AUC")
    model.fit(x[train], y[train], eval_set=(x[test], y[test]))
    shutil.rmtree(os.path.join(folder, "tmp"), ignore_errors=True)
