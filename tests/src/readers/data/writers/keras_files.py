"""Writes Keras's CSVLogger file, its history as JSON, and what fit() prints."""
import contextlib
import io
import json
import os
import sys

os.environ["KERAS_BACKEND"] = "jax"
import keras
import numpy

out = os.path.join(sys.argv[1], "keras")
os.makedirs(out, exist_ok=True)
keras.utils.set_random_seed(1)
x = numpy.random.default_rng(1).normal(size=(96, 4)).astype("float32")
y = (x[:, :1] > 0).astype("float32")
model = keras.Sequential([keras.layers.Dense(4, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.SGD(0.1), "binary_crossentropy", metrics=["accuracy"])
schedule = keras.callbacks.LearningRateScheduler(lambda epoch: 0.1 / (epoch + 1))
with open(os.path.join(out, "fit.log"), "w") as log, contextlib.redirect_stdout(log):
    history = model.fit(x, y, epochs=5, batch_size=16, validation_split=0.25, verbose=1,
                        callbacks=[schedule, keras.callbacks.CSVLogger(os.path.join(out, "training.csv"))])
with open(os.path.join(out, "fit_quiet.log"), "w") as log, contextlib.redirect_stdout(log):
    model.fit(x, y, epochs=3, batch_size=16, validation_split=0.25, verbose=2)
with open(os.path.join(out, "history.json"), "w") as file:
    json.dump(history.history, file)
