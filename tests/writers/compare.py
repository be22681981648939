"""Writes runs with the programs that people use, reads them back with those programs' own readers, and compares to the last bit what fmx reads.

    tests/writers/compare DUMP [WRITER...]      DUMP: the program built from dump_run.cpp

Without names, the light writers of requirements.txt run; `all` runs those of requirements-heavy.txt too. Values are awkward on purpose:
subnormal, huge, NaN, infinite, of single precision, negative zero.
"""
import json
import math
import os
import shutil
import struct
import subprocess
import sys
import tempfile

AWKWARD = [1 / 3, -0.0, 5e-324, 1.7976931348623157e308, float("nan"), float("inf"), float("-inf"), 0.1, 1e-7, 123456789.123456789, -2.5e-310]
STEPS = [10 * i for i in range(len(AWKWARD))]


def single(value):
    """The value as a float of 32 bits keeps it."""
    try:
        return struct.unpack("f", struct.pack("f", value))[0]
    except OverflowError:
        return math.copysign(math.inf, value)


def tensorboardx(folder):
    from tensorboard.backend.event_processing import event_accumulator
    from tensorboardX import SummaryWriter

    with SummaryWriter(folder) as writer:
        for step, value in zip(STEPS, AWKWARD):
            writer.add_scalar("train/loss", single(value), step)
            writer.add_scalar("Accuracy (top 1)", step / 7, step)
    reader = event_accumulator.EventAccumulator(folder, size_guidance={event_accumulator.SCALARS: 0})
    reader.Reload()
    return {tag: [(e.step, e.value) for e in reader.Scalars(tag)] for tag in reader.Tags()["scalars"]}


def tensorboard_tensors(folder):
    import numpy
    from tensorboard.backend.event_processing import event_accumulator
    from tensorboard.compat.proto.event_pb2 import Event
    from tensorboard.compat.proto.summary_pb2 import SummaryMetadata
    from tensorboard.summary.writer.event_file_writer import EventFileWriter
    from tensorboard.util import tensor_util

    writer = EventFileWriter(folder)
    metadata = SummaryMetadata(plugin_data=SummaryMetadata.PluginData(plugin_name="scalars"))
    for step, value in zip(STEPS, AWKWARD):
        for tag, kind in [("half", numpy.float16), ("single", numpy.float32), ("double", numpy.float64)]:
            with numpy.errstate(all="ignore"):
                tensor = tensor_util.make_tensor_proto(kind(value))
            event = Event(step=step, wall_time=1700000000 + step)
            event.summary.value.add(tag=tag, metadata=metadata, tensor=tensor)
            writer.add_event(event)
    writer.close()
    reader = event_accumulator.EventAccumulator(folder, size_guidance={event_accumulator.TENSORS: 0})
    reader.Reload()
    return {tag: [(e.step, float(tensor_util.make_ndarray(e.tensor_proto))) for e in reader.Tensors(tag)] for tag in reader.Tags()["tensors"]}


def mlflow_of(folder, uri):
    import mlflow

    mlflow.set_tracking_uri(uri)
    client = mlflow.MlflowClient()
    experiment = client.create_experiment("demo", artifact_location=folder + "/artifacts")
    run = client.create_run(experiment).info.run_id
    for step, value in zip(STEPS, AWKWARD):
        client.log_metric(run, "train/loss", value, timestamp=1700000000000 + step, step=step)
        client.log_metric(run, "val loss", step / 7, timestamp=1700000000000 + step, step=step)
    client.log_param(run, "learning_rate", 0.01)
    read = {}
    for key in ("train/loss", "val loss"):
        read[key] = sorted((m.step, m.value) for m in client.get_metric_history(run, key))
    return read


def mlflow_files(folder):
    os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
    return mlflow_of(folder, "file://" + folder + "/mlruns")


def mlflow_sqlite(folder):
    read = mlflow_of(folder, "sqlite:///" + folder + "/mlflow.db")
    # The store keeps infinities as the largest doubles, and MLflow gives those back; fmx says what was logged.
    largest = sys.float_info.max
    read["train/loss"] = [(s, math.copysign(math.inf, v) if abs(v) == largest else v) for s, v in read["train/loss"]]
    return read


def wandb_offline(folder):
    import wandb

    os.environ.update(WANDB_MODE="offline", WANDB_SILENT="true", WANDB_DIR=folder)
    run = wandb.init(project="demo", config={"learning_rate": 0.01}, settings=wandb.Settings(console="off", x_disable_stats=True))
    for step, value in zip(STEPS, AWKWARD):
        run.log({"train/loss": value, "nested": {"a": step / 7}}, step=step)
    run.finish()
    # W&B has no reader of its own for offline files; what it logged is what was given.
    return {"train/loss": list(zip(STEPS, AWKWARD)), "nested/a": [(s, s / 7) for s in STEPS]}


def pandas_files(folder):
    import pandas

    finite = [v if math.isfinite(v) else 0.5 for v in AWKWARD]
    frame = pandas.DataFrame({"step": STEPS, "loss": finite, "val_loss": [s / 7 for s in STEPS]})
    frame.to_csv(folder + "/history.csv", index=False)
    read = pandas.read_csv(folder + "/history.csv", float_precision="round_trip")
    return {name: list(zip(read["step"].tolist(), read[name].tolist())) for name in ("loss", "val_loss")}


def json_lines(folder):
    path = folder + "/metrics.jsonl"
    with open(path, "w") as file:
        for step, value in zip(STEPS, AWKWARD):
            file.write(json.dumps({"step": step, "loss": value, "val": {"loss": step / 7}}) + "\n")
    rows = [json.loads(line) for line in open(path)]
    return {"loss": [(r["step"], r["loss"]) for r in rows], "val/loss": [(r["step"], r["val"]["loss"]) for r in rows]}


def packed_lines(folder):
    import gzip
    import zstandard

    text = "".join(json.dumps({"step": step, "loss": value}) + "\n" for step, value in zip(STEPS, AWKWARD))
    os.mkdir(folder + "/train")
    os.mkdir(folder + "/val")
    with gzip.open(folder + "/train/metrics.jsonl.gz", "wt") as file:
        file.write(text)
    with open(folder + "/val/metrics.jsonl.zst", "wb") as file:
        file.write(zstandard.ZstdCompressor().compress(text.encode()))
    return {"train/loss": list(zip(STEPS, AWKWARD)), "val/loss": list(zip(STEPS, AWKWARD))}


def sqlite_table(folder):
    import sqlite3

    rows = [(s, None if math.isnan(v) else v, s / 7) for s, v in zip(STEPS, AWKWARD)]
    database = sqlite3.connect(folder + "/metrics.sqlite")
    database.execute("CREATE TABLE metrics (step INTEGER, loss REAL, grad_norm REAL)")
    database.executemany("INSERT INTO metrics VALUES (?, ?, ?)", rows)
    database.commit()
    read = list(database.execute("SELECT step, loss, grad_norm FROM metrics ORDER BY step"))
    database.close()
    return {"loss": [(s, v) for s, v, _ in read if v is not None], "grad_norm": [(s, g) for s, _, g in read]}


def driven_by_keras(folder, callbacks):
    """The callback as fit() calls it; the numbers are ours."""
    finite = [v for v in AWKWARD if math.isfinite(v)]
    for callback in callbacks:
        callback.set_model(type("Model", (), {"stop_training": False})())
        callback.on_train_begin()
        for epoch, value in enumerate(finite):
            callback.on_epoch_end(epoch, {"loss": value, "val_loss": epoch / 7})
        callback.on_train_end()
    return {"loss": list(enumerate(finite)), "val_loss": [(e, e / 7) for e in range(len(finite))]}


def keras_csv_logger(folder):
    os.environ["KERAS_BACKEND"] = "jax"
    import keras
    import pandas

    driven_by_keras(folder, [keras.callbacks.CSVLogger(folder + "/training.log")])
    read = pandas.read_csv(folder + "/training.log", float_precision="round_trip")
    return {name: list(zip(read["epoch"].tolist(), read[name].tolist())) for name in ("loss", "val_loss")}


def keras_history(folder):
    os.environ["KERAS_BACKEND"] = "jax"
    import keras

    history = keras.callbacks.History()
    driven_by_keras(folder, [history])
    json.dump(history.history, open(folder + "/history.json", "w"))
    return {name: list(enumerate(values)) for name, values in history.history.items()}


def huggingface_state(folder):
    from transformers import TrainerState

    finite = [v for v in AWKWARD if math.isfinite(v)]
    rows = [{"step": 10 * i, "epoch": i / 3, "loss": v, "grad_norm": i / 7} for i, v in enumerate(finite)]
    TrainerState(log_history=rows, max_steps=100, global_step=rows[-1]["step"]).save_to_json(folder + "/trainer_state.json")
    read = TrainerState.load_from_json(folder + "/trainer_state.json").log_history
    return {name: [(row["step"], row[name]) for row in read] for name in ("loss", "grad_norm")}


def pyarrow_parquet(folder):
    import pyarrow
    import pyarrow.parquet

    table = pyarrow.table({"step": STEPS, "loss": AWKWARD, "single": pyarrow.array([single(v) for v in AWKWARD], pyarrow.float32())})
    pyarrow.parquet.write_table(table, folder + "/metrics.parquet", compression="zstd", data_page_version="2.0")
    read = pyarrow.parquet.read_table(folder + "/metrics.parquet").to_pydict()
    return {name: list(zip(read["step"], read[name])) for name in ("loss", "single")}


def catboost_info(folder):
    import catboost
    import numpy

    rng = numpy.random.default_rng(1)
    x = rng.normal(size=(200, 4))
    model = catboost.CatBoostClassifier(iterations=12, thread_count=1, verbose=False, train_dir=folder + "/catboost_info", eval_metric="Logloss")
    model.fit(x, x[:, 0] > 0, eval_set=(x, x[:, 0] > 0))
    own = {}
    for split in ("learn", "test"):
        lines = [line.split("\t") for line in open(f"{folder}/catboost_info/{split}_error.tsv").read().splitlines()[1:]]
        own[("train" if split == "learn" else split) + "/Logloss"] = [(int(step), float(value)) for step, value in lines]
    for name in ("learn", "test"):  # the same numbers again, in single precision
        shutil.rmtree(f"{folder}/catboost_info/{name}")
    os.remove(folder + "/catboost_info/catboost_training.json")
    return own


def printed(train):
    """What a trainer prints to the terminal."""
    out = subprocess.run([sys.executable, "-c", train], capture_output=True, text=True, check=True)
    return out.stdout + out.stderr


def xgboost_log(folder):
    import re

    text = printed("import numpy, xgboost\nx = numpy.random.default_rng(1).normal(size=(200, 4))\nd = xgboost.DMatrix(x, x[:, 0] > 0)\n"
                   "xgboost.train({'objective': 'binary:logistic', 'nthread': 1}, d, 12, evals=[(d, 'train')], verbose_eval=1)")
    open(folder + "/train.log", "w").write(text)
    return {"train-logloss": [(int(s), float(v)) for s, v in re.findall(r"\[(\d+)\]\ttrain-logloss:([\d.]+)", text)]}


def lightgbm_log(folder):
    import re

    text = printed("import lightgbm, numpy\nx = numpy.random.default_rng(1).normal(size=(200, 4))\nd = lightgbm.Dataset(x, (x[:, 0] > 0).astype(int))\n"
                   "lightgbm.train({'objective': 'binary', 'num_threads': 1, 'verbose': -1}, d, 12, valid_sets=[d], valid_names=['train'],\n"
                   "               callbacks=[lightgbm.log_evaluation(1)])")
    open(folder + "/train.log", "w").write(text)
    return {"train's binary_logloss": [(int(s), float(v)) for s, v in re.findall(r"\[(\d+)\]\ttrain's binary_logloss: ([\d.]+)", text)]}


def xgboost_history(folder):
    import numpy
    import xgboost

    rng = numpy.random.default_rng(1)
    x = rng.normal(size=(200, 4))
    data = xgboost.DMatrix(x, x[:, 0] > 0)
    history = {}
    xgboost.train({"objective": "binary:logistic", "nthread": 1}, data, 12, evals=[(data, "train")], evals_result=history, verbose_eval=False)
    json.dump(history, open(folder + "/evals_result.json", "w"))
    return {"train/logloss": list(enumerate(history["train"]["logloss"]))}


def lightgbm_history(folder):
    import lightgbm
    import numpy

    rng = numpy.random.default_rng(1)
    x = rng.normal(size=(200, 4))
    history = {}
    data = lightgbm.Dataset(x, (x[:, 0] > 0).astype(int))
    lightgbm.train({"objective": "binary", "num_threads": 1, "verbose": -1}, data, 12, valid_sets=[data], valid_names=["train"],
                   callbacks=[lightgbm.record_evaluation(history)])
    json.dump(history, open(folder + "/history.json", "w"))
    return {"train/binary_logloss": list(enumerate(history["train"]["binary_logloss"]))}


LIGHT = [tensorboardx, tensorboard_tensors, mlflow_files, mlflow_sqlite, wandb_offline, pandas_files, json_lines, packed_lines, sqlite_table]
HEAVY = [keras_csv_logger, keras_history, huggingface_state, pyarrow_parquet, catboost_info, xgboost_history, xgboost_log, lightgbm_history, lightgbm_log]


def read_by_fmx(dump, folder):
    out = subprocess.run([dump, folder], capture_output=True, text=True)
    if out.returncode != 0:
        raise RuntimeError(f"fmx cannot read it: {out.stderr}")
    read = {}
    for line in out.stdout.splitlines():
        cells = line.split("\t")
        if len(cells) == 3 and cells[0] != "config":
            read.setdefault(cells[0], []).append((float.fromhex(cells[1]), float.fromhex(cells[2])))
    return read


def same(a, b):
    return (math.isnan(a) and math.isnan(b)) or struct.pack("d", a) == struct.pack("d", b)


def differences(own, fmx):
    for name, samples in own.items():
        if name not in fmx:
            yield f"no series {name} among {sorted(fmx)}"
        elif len(fmx[name]) != len(samples):
            yield f"{name}: {len(samples)} samples, fmx has {len(fmx[name])}"
        else:
            for (step, value), (its_step, its_value) in zip(samples, fmx[name]):
                if step != its_step or not same(value, its_value):
                    yield f"{name}: {step} {value!r}, fmx has {its_step} {its_value!r}"


def main():
    dump, names = os.path.abspath(sys.argv[1]), sys.argv[2:]
    known = {w.__name__: w for w in LIGHT + HEAVY}
    writers = LIGHT + HEAVY if names == ["all"] else [known[n] for n in names] or LIGHT
    passed = failed = 0
    for writer in writers:
        with tempfile.TemporaryDirectory() as folder:
            own = writer(folder)
            try:
                found = list(differences(own, read_by_fmx(dump, folder)))
            except RuntimeError as error:
                found = [str(error)]
        print(f"{'FAILED' if found else 'ok':7} {writer.__name__}: {sum(map(len, own.values()))} samples")
        for text in found[:10]:
            print("        " + text)
        failed += bool(found)
        passed += not found
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
