"""Writes the TensorBoard fixtures: tensorboardX (simple_value) and tensorboard's own plugin protos (tensors)."""
import os
import shutil
import sys

import numpy
from tensorboard.compat.proto.summary_pb2 import Summary, SummaryMetadata
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.summary.writer.event_file_writer import EventFileWriter
from tensorboard.util import tensor_util
from tensorboardX import SummaryWriter

out = sys.argv[1]


def fresh(name):
    path = os.path.join(out, name)
    shutil.rmtree(path, ignore_errors=True)
    return path


# simple_value scalars, a text summary and hyper-parameters
path = fresh("simple")
with SummaryWriter(path) as writer:
    writer.add_text("hyperparameters", "|param|value|\n|-|-|\n|learning_rate|0.00025|\n|env_id|CartPole-v1|\n|cuda|True|")
    for step in range(6):
        writer.add_scalar("train/loss", 1 / (step + 3), step * 10, walltime=1700000000.5 + step)
        if step % 2 == 0:
            writer.add_scalar("val/loss", float("nan") if step == 4 else 1 / (step + 1), step * 10, walltime=1700000000.5 + step)
    writer.add_histogram("weights", numpy.arange(2.0), 50, bins=2, walltime=1700000006.5)

# a second file of the same run: resumed from step 30
with SummaryWriter(path, filename_suffix=".resumed") as writer:
    for step in range(3, 8):
        writer.add_scalar("train/loss", 100 + step, step * 10, walltime=1700001000.5 + step)
for i, name in enumerate(sorted(os.listdir(path), key=lambda n: n.endswith(".resumed"))):
    os.rename(os.path.join(path, name), os.path.join(path, f"events.out.tfevents.170000{i}000.host.1.{i}"))

# scalars as tensors, as TensorFlow 2 and JAX write them, of several types
path = fresh("tensors")
writer = EventFileWriter(path)
for step in range(5):
    event = Event(step=step, wall_time=1700000000 + step)
    metadata = SummaryMetadata(plugin_data=SummaryMetadata.PluginData(plugin_name="scalars"))
    event.summary.value.add(tag="epoch_loss", metadata=metadata, tensor=tensor_util.make_tensor_proto(numpy.float32(1 / (step + 3))))
    writer.add_event(event)
    for tag, dtype in [("half", numpy.float16), ("double", numpy.float64), ("count", numpy.int64), ("small", numpy.int32), ("flag", numpy.bool_)]:
        event = Event(step=step, wall_time=1700000000 + step)
        metadata = SummaryMetadata(plugin_data=SummaryMetadata.PluginData(plugin_name="scalars"))
        event.summary.value.add(tag=tag, metadata=metadata, tensor=tensor_util.make_tensor_proto(dtype(step / 3)))
        writer.add_event(event)
writer.close()
for name in os.listdir(path):
    os.rename(os.path.join(path, name), os.path.join(path, "events.out.tfevents.1700000000.host.1.0.v2"))

# what tensorboard's own reader returns
from tensorboard.backend.event_processing import event_accumulator

for name in ("simple", "tensors"):
    reader = event_accumulator.EventAccumulator(os.path.join(out, name), purge_orphaned_data=True)
    reader.Reload()
    for tag in reader.Tags()["scalars"]:
        print(name, tag, [(e.step, repr(e.value)) for e in reader.Scalars(tag)])
    for tag in reader.Tags()["tensors"]:
        values = [tensor_util.make_ndarray(e.tensor_proto) for e in reader.Tensors(tag)]
        print(name, tag, [repr(v.item()) for v in values][:8])
