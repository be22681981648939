"""Writes Parquet files of one table in several compressions and layouts, with pandas and pyarrow."""
import os
import sys

import numpy
import pandas
import pyarrow
import pyarrow.parquet

out = os.path.join(sys.argv[1], "parquet")
os.makedirs(out, exist_ok=True)
rows = 40
loss = numpy.array([1 / (i + 3) for i in range(rows)])
loss[5] = numpy.nan
frame = pandas.DataFrame({
    "step": numpy.arange(rows) * 10,
    "train/loss": loss,
    "val/loss": [1 / (i + 1) if i % 10 == 9 else None for i in range(rows)],
    "lr": numpy.float32(0.1),
    "phase": ["warmup" if i < 5 else "train" for i in range(rows)],
    "skipped": [i % 7 == 0 for i in range(rows)],
    "wall_time": pandas.to_datetime(1700000000 + numpy.arange(rows), unit="s"),
})
frame.to_parquet(os.path.join(out, "pandas.parquet"))
table = pyarrow.Table.from_pandas(frame, preserve_index=False)
table = table.append_column("nested", pyarrow.array([{"a": i / 7, "b": [1.0, 2.0]} if i % 2 else None for i in range(rows)]))
for name, options in {"zstd_v2": {"compression": "zstd", "data_page_version": "2.0", "row_group_size": 16},
                      "gzip_plain": {"compression": "gzip", "use_dictionary": False},
                      "none_small_pages": {"compression": "none", "data_page_size": 64}}.items():
    pyarrow.parquet.write_table(table, os.path.join(out, name + ".parquet"), **options)
