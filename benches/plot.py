#!/usr/bin/env python3
"""Draws `country.png` from what `cargo bench --bench country` has measured: cost by offices, and memory over time.

    python3 benches/plot.py [FOLDER [PICTURE]]     # target/tmp/country, benches/country.png

The program does not need it: pip install matplotlib.
"""

import csv
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot, ticker  # noqa: E402 (the back end is chosen before)

HERE = Path(__file__).resolve().parent


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def column(table, name):
    return [float(row[name]) for row in table]


def draw_cost(axes, costs):
    offices, seconds = column(costs, "offices"), column(costs, "seconds")
    axes.loglog(offices, seconds, "o-", color="tab:blue", label="wall time")
    if all(row["processor_s"] for row in costs):
        axes.loglog(offices, column(costs, "processor_s"), "s--", color="tab:gray", label="processor time")
    # In proportion to the largest run: what lies above it at the left is the price of starting.
    proportional = [seconds[-1] * count / offices[-1] for count in offices]
    axes.loglog(offices, proportional, ":", color="tab:green", label="in proportion to the largest")
    for count, took in zip(offices, seconds):
        axes.annotate(f"{took:,.1f} s", (count, took), xytext=(6, -12), textcoords="offset points", fontsize=8)
    axes.set_xticks(offices, [f"{count:,.0f}" for count in offices])
    axes.minorticks_off()
    axes.yaxis.set_major_formatter(ticker.StrMethodFormatter("{x:,g}"))
    axes.set(xlabel="offices", ylabel="seconds", title="Cost by offices (log-log)")
    axes.legend(loc="upper left")
    axes.grid(alpha=0.3)


def draw_memory(axes, folder, costs):
    for cost in costs:
        series = rows(folder / f"memory-{cost['offices']}.csv")
        total = float(cost["seconds"])
        share = [100 * at / total for at in column(series, "seconds")]
        label = f"{int(cost['offices']):,} offices, {total:,.0f} s, at most {float(cost['resident_mb']):,.0f} MB"
        axes.plot(share, column(series, "resident_mb"), linewidth=0.8, label=label)
    axes.set(xlabel="time of the run, %", ylabel="MB of all processes together", title="Memory over time")
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 1.35 * max(float(cost["resident_mb"]) for cost in costs))
    axes.legend(loc="upper left", fontsize=8)
    axes.grid(alpha=0.3)


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "target" / "tmp" / "country"
    picture = Path(sys.argv[2]) if len(sys.argv) > 2 else HERE / "country.png"
    costs = sorted(rows(folder / "cost.csv"), key=lambda row: int(row["offices"]))
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(12, 4.5), layout="constrained")
    draw_cost(left, costs)
    draw_memory(right, folder, costs)
    figure.suptitle(f"jiaoyan check --each-folder; {costs[-1]['machine']}")
    figure.savefig(picture, dpi=110)
    print(picture)


if __name__ == "__main__":
    main()
