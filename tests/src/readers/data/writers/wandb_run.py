"""Writes an offline run of Weights & Biases."""
import glob
import math
import os
import shutil
import sys
import tempfile

import wandb

out = os.path.abspath(os.path.join(sys.argv[1], "wandb"))
shutil.rmtree(out, ignore_errors=True)
folder = tempfile.mkdtemp()
os.chdir(folder)
run = wandb.init(mode="offline", project="demo", dir=folder, config={"learning_rate": 0.01, "optimizer": {"name": "sgd", "nesterov": True}},
                 settings=wandb.Settings(x_disable_stats=True, x_disable_meta=True, disable_git=True, save_code=False, console="off"))
for step in range(40):
    row = {"train/loss": 1 / (step + 3), "epoch": step // 10, "nested": {"a": step / 7, "b": [1, 2]}}
    if step == 5:
        row["train/loss"] = math.nan
    if step % 10 == 9:
        row["val/loss"] = 2 / (step + 3)
    run.log(row)
run.finish()
source = glob.glob(os.path.join(folder, "wandb", "offline-run-*"))[0]
target = os.path.join(out, "offline-run-20240101_000000-abcd1234")
os.makedirs(target)
shutil.copy(glob.glob(os.path.join(source, "*.wandb"))[0], os.path.join(target, "run-abcd1234.wandb"))
print(sorted(os.path.relpath(p, source) for p in glob.glob(os.path.join(source, "**"), recursive=True)))
