"""Writes logs with the writers of libraries that import torch, which they need for nothing but type checks here:
`torch` is a stand-in with the names they ask for. The code that writes the files is the libraries' own."""
import contextlib
import importlib.util
import io
import json
import os
import shutil
import sys
import types
from argparse import Namespace

import numpy

out = os.path.abspath(sys.argv[1])
site = next(p for p in sys.path if p.endswith("site-packages"))


def stand_in(name, **names):
    module = types.ModuleType(name)
    module.__dict__.update(names)
    module.__spec__ = importlib.util.spec_from_loader(name, None)
    sys.modules[name] = module
    return module


class Tensor:
    pass


torch = stand_in("torch", Tensor=Tensor, __version__="0", nn=None, float32="float32")
matplotlib = stand_in("matplotlib")
matplotlib.figure = stand_in("matplotlib.figure", Figure=object)


def load(name, path):
    spec = importlib.util.spec_from_file_location(name, os.path.join(site, path))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def fresh(name):
    path = os.path.join(out, name)
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(path)
    return path


# Stable-Baselines3: progress.csv, progress.json and the boxes it prints
path = fresh("sb3")
logger = load("sb3_logger", "stable_baselines3/common/logger.py")
with open(os.path.join(path, "stdout.log"), "w") as stdout:
    formats = [logger.CSVOutputFormat(os.path.join(path, "progress.csv")), logger.JSONOutputFormat(os.path.join(path, "progress.json")),
               logger.HumanOutputFormat(stdout)]
    log = logger.Logger(path, formats)
    for i in range(1, 6):
        log.record("time/iterations", i, exclude="tensorboard")
        log.record("rollout/ep_rew_mean", float(numpy.float32(20 / i)))
        log.record("time/fps", 1000 + i)
        log.record("time/time_elapsed", i * 2)
        log.record("time/total_timesteps", i * 2048)
        if i > 1:
            log.record("train/approx_kl", float("nan") if i == 4 else 0.01 / i)
            log.record("train/explained_variance", numpy.float32(1 - 1 / i))
        log.dump(i * 2048)
    log.close()

# Lightning: metrics.csv and hparams.yaml
path = fresh("lightning")
stand_in("lightning")
for name in ("lightning.fabric", "lightning.fabric.utilities", "lightning.fabric.loggers"):
    stand_in(name)
stand_in("lightning.fabric.loggers.logger", Logger=object, rank_zero_experiment=lambda f: f)
stand_in("lightning.fabric.utilities.cloud_io", _is_dir=lambda fs, p, strict=False: os.path.isdir(p), get_filesystem=lambda p, **k: __import__("fsspec").filesystem("file"))
stand_in("lightning.fabric.utilities.logger", _add_prefix=lambda m, p, s: m)
stand_in("lightning.fabric.utilities.rank_zero", rank_zero_only=lambda f: f, rank_zero_warn=print)
stand_in("lightning.fabric.utilities.types", _PATH=str)
csv_logs = load("lightning.fabric.loggers.csv_logs", "lightning/fabric/loggers/csv_logs.py")
version = os.path.join(path, "lightning_logs", "version_0")
writer = csv_logs._ExperimentWriter(log_dir=version)
for epoch in range(3):
    for i in range(2):
        step = epoch * 4 + i * 2 + 1
        writer.log_metrics({"train_loss": 1 / (step + 2), "epoch": epoch}, step)
    writer.log_metrics({"val_loss": 2 / (step + 2), "epoch": epoch}, step)
    writer.save()
with open(os.path.join(version, "hparams.yaml"), "w") as file:
    file.write("batch_size: 16\nlr: 0.001\noptimizer: adam\n")

# Hugging Face: trainer_state.json, and the dicts that its printer shows
path = fresh("huggingface")
for name in ("typer",):
    stand_in(name)
try:
    from transformers.trainer_callback import TrainerState
except Exception as error:  # a stand-in of torch is not enough for all of the package
    print("transformers:", error)
else:
    state = TrainerState(max_steps=20, num_train_epochs=2, train_batch_size=8, logging_steps=5)
    for step in range(5, 25, 5):
        state.log_history.append({"loss": round(1 / step, 4), "grad_norm": 1 / step, "learning_rate": 5e-5 * (1 - step / 20), "epoch": step / 10, "step": step})
        if step % 10 == 0:
            state.log_history.append({"eval_loss": 2 / step, "eval_runtime": 0.5, "epoch": step / 10, "step": step})
    state.global_step = 20
    state.save_to_json(os.path.join(path, "trainer_state.json"))

# Ray: progress.csv and result.json of one trial
path = fresh("ray")
for name in [n for n in sys.modules if n == "torch" or n.startswith("torch.")]:
    del sys.modules[name]
from ray.tune.logger.csv import CSVLoggerCallback
from ray.tune.logger.json import JsonLoggerCallback


class Trial:
    trial_id = "t"
    checkpoint = None
    evaluated_params = {}
    config = {"lr": 0.001, "env": "CartPole-v1", "model": {"fcnet_hiddens": [64, 64]}}
    local_path = path

    def init_local_path(self):
        pass

    def __hash__(self):
        return 1


trial = Trial()
callbacks = [CSVLoggerCallback(), JsonLoggerCallback()]
for callback in callbacks:
    callback.log_trial_start(trial)
for i in range(1, 5):
    result = {"episode_reward_mean": float("nan") if i == 1 else 20.0 * i, "training_iteration": i, "timesteps_total": i * 4000, "time_total_s": 3.5 * i,
              "info": {"learner": {"policy_loss": -0.1 / i, "kl": 0.01 / i}}, "hist_stats": {"episode_reward": [1.0 * i, 2.0]}, "done": False}
    for callback in callbacks:
        callback.log_trial_result(i, trial, result)
for callback in callbacks:
    callback.log_trial_end(trial, False)
for name in os.listdir(path):
    if name.endswith(".pkl"):
        os.remove(os.path.join(path, name))
