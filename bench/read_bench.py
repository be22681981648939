"""How fast do others read metrics? bench/read_bench.py READ_BENCH FILE [REPETITIONS]

Runs READ_BENCH (the program of read_bench.cpp) on FILE, then in turn what people read such files with in Python: pandas, Polars and
PyArrow for CSV, Polars, PyArrow for lines of JSON, TensorBoard's EventAccumulator and tbparse for event files. Each runs in a process of its
own; what is timed is the reading alone, into columns, and what it adds to the peak of memory. What is not installed is left out.
Files: /tmp/hist.jsonl and /tmp/hist.csv by `bench/read_bench.py --make FOLDER MEGABYTES`, event files by `make_events`.
"""
import json
import math
import os
import random
import resource
import subprocess
import sys
import time


def pandas_csv(path):
    import pandas
    return lambda: pandas.read_csv(path).shape


def polars_csv(path):
    import polars
    return lambda: polars.read_csv(path).shape


def pyarrow_csv(path):
    import pyarrow.csv
    return lambda: pyarrow.csv.read_csv(path).shape


def polars_jsonl(path):
    import polars
    return lambda: polars.read_ndjson(path).shape


def pyarrow_jsonl(path):
    import pyarrow.json
    return lambda: pyarrow.json.read_json(path).shape


def tensorboard_events(path):
    from tensorboard.backend.event_processing import event_accumulator

    def read():
        reader = event_accumulator.EventAccumulator(path, size_guidance={event_accumulator.SCALARS: 0, event_accumulator.TENSORS: 0})
        reader.Reload()
        return len(reader.Tags()["scalars"])
    return read


def tbparse_events(path):
    import tbparse
    return lambda: tbparse.SummaryReader(path, pivot=False).scalars.shape


RIVALS = {
    "csv": [pandas_csv, polars_csv, pyarrow_csv],
    "jsonl": [polars_jsonl, pyarrow_jsonl],
    "events": [tensorboard_events, tbparse_events],
}


def kind_of(path):
    return "events" if "tfevents" in path else "jsonl" if path.endswith("jsonl") else "csv"


def measure(name, path):
    read = {rival.__name__: rival for rivals in RIVALS.values() for rival in rivals}[name](path)
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    shape = read()
    took = time.perf_counter() - began
    print(json.dumps([took, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1e3, shape]))


def make(folder, megabytes):
    """30 metrics as training runs log them: 16 to 18 digits, some small, some whole."""
    random.seed(1)
    names = ["train/loss", "train/grad_norm", "train/lr"] + [f"layer{i}/norm" for i in range(27)]
    with open(folder + "/hist.jsonl", "w") as lines, open(folder + "/hist.csv", "w") as table:
        table.write(",".join(["step"] + names) + "\n")
        step = 0
        while min(lines.tell(), table.tell()) < megabytes * 1e6:
            row = [math.exp(-step * 1e-5 * (i + 1)) + random.gauss(0, 0.01) if i % 10 else 96 + i for i in range(30)]
            if lines.tell() < megabytes * 1e6:
                lines.write(json.dumps({"step": step, **dict(zip(names, row))}) + "\n")
            if table.tell() < megabytes * 1e6:
                table.write(f"{step}," + ",".join(map(repr, row)) + "\n")
            step += 1


def main():
    if sys.argv[1] == "--make":
        return make(sys.argv[2], float(sys.argv[3]))
    if sys.argv[1] == "--measure":
        return measure(*sys.argv[2:])
    program, path, repetitions = sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 3
    subprocess.run([program, path, str(repetitions)], check=True)
    times = {rival.__name__: [] for rival in RIVALS[kind_of(path)]}
    for _ in range(repetitions):
        for name in times:
            run = subprocess.run([sys.executable, os.path.abspath(__file__), "--measure", name, path], capture_output=True, text=True)
            if run.returncode == 0:
                times[name].append(json.loads(run.stdout))
    for name, runs in times.items():
        if runs:
            took, memory, shape = sorted(runs)[len(runs) // 2]
            print(f"{name:20} {took:7.3f} s  {os.path.getsize(path) / took / 1e6:6.0f} MB/s  {memory:5.0f} MB added at its peak  {shape}")
        else:
            print(f"{name:20} is not installed")


if __name__ == "__main__":
    main()
