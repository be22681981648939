#!/usr/bin/env python3
"""What does watching cost, and how late is it?

    bench/watch_load.py [--fmx build/release/fmx] [--rows 1000] [--seconds 60] [--format jsonl|csv|log] [--window N]

A second process appends ROWS rows a second to a log for SECONDS; in the last five seconds the loss is NaN.
Printed: rows written and read, the processor time of `fmx watch` as a share of one core, its peak memory, and
the delay from the first NaN on disk to the event that tells of it. Ends with 1 where a row was lost, more
than 5 % of a core was taken, or the delay was a second or more.
"""
import argparse, json, math, os, re, signal, subprocess, sys, tempfile, threading, time
from datetime import datetime


def row(kind, step, loss):
    value = "NaN" if math.isnan(loss) else f"{loss:.6f}"
    norm, rate = 1 + 0.1 * math.sin(step), 3e-4
    if kind == "csv":
        return f"{step},{value},{norm:.5f},{rate}\n"
    if kind == "log":
        return f"step {step} | loss {value} | grad_norm {norm:.5f} | lr {rate}\n"
    return f'{{"step": {step}, "train/loss": {value}, "grad_norm": {norm:.5f}, "lr": {rate}}}\n'


def write(path, kind, rate, seconds, breaks):
    """Appends in bursts of a hundredth of a second; prints when the first NaN was on disk."""
    burst = max(1, rate // 100)
    step, begin = 0, time.time()
    broken = False
    with open(path, "ab", buffering=0) as log:
        if kind == "csv":
            log.write(b"step,train/loss,grad_norm,lr\n")
        while step < rate * seconds:
            nan = step >= rate * (seconds - breaks)
            text = "".join(
                row(kind, s, math.nan if nan else 2 * math.exp(-s / (rate * 20)) + 0.05 * math.sin(s * 12.9898))
                for s in range(step, step + burst))
            log.write(text.encode())
            if nan and not broken:
                broken = True
                print(time.time(), flush=True)
            step += burst
            time.sleep(max(0, begin + step / rate - time.time()))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--fmx", default="build/release/fmx")
    arguments.add_argument("--rows", type=int, default=1000)
    arguments.add_argument("--seconds", type=int, default=60)
    arguments.add_argument("--format", default="jsonl", choices=["jsonl", "csv", "log"])
    arguments.add_argument("--window")
    arguments.add_argument("--write-to", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    breaks = 5
    if given.write_to:
        return write(given.write_to, given.format, given.rows, given.seconds, breaks)

    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "metrics." + given.format)
        command = [given.fmx, "watch", path, "--format", "json"]
        if given.window:
            command += ["--window", given.window]
        watcher = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        events = []
        reader = threading.Thread(target=lambda: events.extend(json.loads(line) for line in watcher.stdout))
        reader.start()
        time.sleep(1)
        writer = subprocess.run([sys.executable, os.path.abspath(__file__), "--write-to", path, "--format", given.format,
                                 "--rows", str(given.rows), "--seconds", str(given.seconds)],
                                stdout=subprocess.PIPE, text=True, check=True)
        broke = float(writer.stdout.split()[0])
        time.sleep(3)
        status = open(f"/proc/{watcher.pid}/status").read()
        ticks = open(f"/proc/{watcher.pid}/stat").read().rsplit(")", 1)[1].split()[11:13]
        watcher.send_signal(signal.SIGTERM)
        watcher.wait()
        reader.join()

    used = sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
    end = [event for event in events if event["event"] == "end"][0]
    told = [datetime.fromisoformat(event["at"].replace("Z", "+00:00")).timestamp()
            for event in events if event["event"] == "pending"]
    delay = min((at - broke for at in told if at >= broke), default=math.inf)
    written, rows = given.rows * given.seconds, end["step"] + 1
    share = used / (given.seconds + 4)
    peak = int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) / 1024
    print(f"{given.format}: {written} rows written, {int(rows)} read, {end['samples']} samples kept; "
          f"{100 * share:.1f} % of a core; peak {peak:.0f} MB; told of the NaN after {delay:.2f} s")
    whole = given.window is None and end["samples"] < 3 * written
    return 1 if rows != written or whole or share > 0.05 or delay >= 1 else 0


if __name__ == "__main__":
    sys.exit(main())
