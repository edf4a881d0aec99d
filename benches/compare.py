#!/usr/bin/env python3
"""The same job done by other engines on the ledger of `cargo bench --bench ledger`: time and peak memory of each.

    cargo bench --bench ledger -- --ratio     # makes the ledger and builds the program
    python3 benches/compare.py [--rows N] [--runs N]

The job: of each person, the days at schools in 2023 (a row's days spread over its dates; a date counts as one day at
most), the lessons observed there, and the open lessons of a county's level or above; then how many people
reach what is asked of them (60 or 80 days and lessons, 5 open lessons). `check` does much more than that: it tells what
every row and cell was taken for, judges all other rules, and writes the report. Each runs as a process of its own, in
turn, and must come to the same sums. What is not installed is skipped: pip install polars fastexcel openpyxl duckdb
pandas python-calamine
"""

import argparse
import datetime
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TARGET = Path(os.environ.get("CARGO_TARGET_DIR", Path(__file__).resolve().parent.parent / "target"))
VISITS = ["听评课", "下校指导", "集体视导", "蹲点调研"]
OPEN = ["公开课", "示范课", "专题讲座"]
HIGH = ["县级", "市级", "省级", "国家级"]
FIRST, LAST = datetime.date(2023, 1, 1), datetime.date(2023, 12, 31)
SHEET = "活动台账"
USED = ["日期", "结束日期", "工号", "类型", "级别", "天数", "节数"]
# What the figures are called in the findings of `check`.
RULES = ["visit-days", "lessons-observed", "open-lessons"]


SQL = f"""
WITH used AS (
    SELECT * REPLACE (CAST(日期 AS DATE) AS 日期, CAST(结束日期 AS DATE) AS 结束日期) FROM LEDGER
    WHERE CAST(日期 AS DATE) BETWEEN '{FIRST}' AND '{LAST}'),
visits AS (SELECT 工号, 日期, 天数, 节数, 结束日期 - 日期 + 1 AS dates FROM used WHERE 类型 IN {tuple(VISITS)}),
dated AS (
    SELECT 工号, least(sum(天数 / dates), 1) AS days
    FROM (SELECT *, unnest(range(dates)) AS place FROM visits) GROUP BY 工号, 日期 + CAST(place AS INTEGER)),
days AS (SELECT 工号, sum(days) AS days FROM dated GROUP BY 工号),
lessons AS (SELECT 工号, sum(节数) AS lessons FROM visits GROUP BY 工号),
opened AS (
    SELECT 工号, count(*) AS opened FROM used
    WHERE 类型 IN {tuple(OPEN)} AND 级别 IN {tuple(HIGH)} GROUP BY 工号)
SELECT 工号, days, lessons, coalesce(opened, 0) FROM days JOIN lessons USING (工号) LEFT JOIN opened USING (工号)
"""


def polars(ledger):
    import polars as pl

    rows = pl.read_excel(ledger, sheet_name=SHEET, engine="calamine", columns=USED).lazy()
    rows = rows.with_columns(pl.col("日期", "结束日期").cast(pl.Date)).filter(pl.col("日期").is_between(FIRST, LAST))
    visits = rows.filter(pl.col("类型").is_in(VISITS)).with_columns(date=pl.date_ranges("日期", "结束日期"))
    dated = visits.with_columns(day=pl.col("天数") / pl.col("date").list.len()).explode("date")
    dated = dated.group_by("工号", "date").agg(day=pl.min_horizontal(pl.lit(1.0), pl.col("day").sum()))
    days = dated.group_by("工号").agg(pl.col("day").sum())
    lessons = visits.group_by("工号").agg(pl.col("节数").sum())
    opened = rows.filter(pl.col("类型").is_in(OPEN) & pl.col("级别").is_in(HIGH)).group_by("工号").agg(opened=pl.len())
    return days.join(lessons, on="工号").join(opened, on="工号", how="left").fill_null(0).collect().rows()


def pandas_calamine(ledger):
    import pandas as pd

    rows = pd.read_excel(ledger, sheet_name=SHEET, engine="calamine", usecols=USED)
    rows = rows[rows["日期"].between(pd.Timestamp(FIRST), pd.Timestamp(LAST))]
    visits = rows[rows["类型"].isin(VISITS)]
    dates = (visits["结束日期"] - visits["日期"]).dt.days + 1
    dated = visits.assign(day=visits["天数"] / dates).loc[visits.index.repeat(dates)]
    place = dated.groupby(level=0).cumcount()
    dated["date"] = dated["日期"] + pd.to_timedelta(place, unit="D")
    days = dated.groupby(["工号", "date"])["day"].sum().clip(upper=1).groupby("工号").sum()
    opened = rows[rows["类型"].isin(OPEN) & rows["级别"].isin(HIGH)].groupby("工号").size().rename("opened")
    people = days.to_frame().join(visits.groupby("工号")["节数"].sum()).join(opened).fillna(0)
    return list(people.itertuples(name=None))


def duckdb_excel(ledger):
    import duckdb

    duckdb.sql("LOAD excel")
    return duckdb.sql(SQL.replace("LEDGER", f"read_xlsx('{ledger}', sheet = '{SHEET}')")).fetchall()


def openpyxl_read_only(ledger):
    import openpyxl

    rows = openpyxl.load_workbook(ledger, read_only=True, data_only=True)[SHEET].iter_rows(values_only=True)
    header = next(rows)
    first, last, person, kind, level, days, lessons = (header.index(name) for name in USED)
    dated, sums = {}, {}
    for row in rows:
        if not FIRST <= row[first].date() <= LAST:
            continue
        own = sums.setdefault(row[person], [0, 0])
        if row[kind] in VISITS:
            dates = (row[last] - row[first]).days + 1
            for place in range(dates):
                date = row[person], row[first] + datetime.timedelta(place)
                dated[date] = dated.get(date, 0) + row[days] / dates
            own[0] += row[lessons]
        elif row[kind] in OPEN and row[level] in HIGH:
            own[1] += 1
    visited = {}
    for (person, _), day in dated.items():
        visited[person] = visited.get(person, 0) + min(day, 1)
    return [(person, visited.get(person, 0), *own) for person, own in sums.items()]


ENGINES = {
    "polars with fastexcel": (polars, ["polars", "fastexcel"]),
    "DuckDB's excel reader": (duckdb_excel, ["duckdb"]),
    "pandas with calamine": (pandas_calamine, ["pandas", "python_calamine"]),
    "openpyxl read-only": (openpyxl_read_only, ["openpyxl"]),
}


def summed(people):
    """What the engines must agree on: people, the three sums, and how many people reach the bounds of a county."""
    figures = [[float(figure) for figure in person[1:]] for person in people]
    reached = [sum(person[place] >= bound for person in figures) for place, bound in enumerate([80, 80, 5])]
    return [len(figures), *(sum(column) for column in zip(*figures)), *reached]


def summed_by_check(assessment):
    """The same from the findings of `check`."""
    people = {}
    for finding in json.loads(Path(assessment).read_text())["findings"]:
        if finding["rule"] in RULES:
            person = people.setdefault(finding["subject"]["id"], [0, 0, 0])
            person[RULES.index(finding["rule"])] = finding["actual"]["low"]
    return summed([(person, *figures) for person, figures in people.items()])


def peak(process):
    """The peaks of a process and of those that it has started, in MB; 0 where the system does not tell."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
        started = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return 0
    own = sum(int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("VmHWM:"))
    return own + sum(peak(child) for child in started)


def measured(words, statuses=(0,), stdout=subprocess.DEVNULL):
    """Seconds, and the peak of memory in MB; it only rises, so that a look shortly before the end is enough."""
    start = time.perf_counter()
    process, memory = subprocess.Popen(words, stdout=stdout), 0
    while process.poll() is None:
        memory = max(memory, peak(process.pid))
        time.sleep(0.005)
    if process.returncode not in statuses:
        raise SystemExit(f"{words} ended with {process.returncode}")
    return time.perf_counter() - start, memory


def check(ledger, *words):
    program = TARGET / "release" / "jiaoyan"
    return [program, "check", ledger.parent, "--pack", "jiangmen-2022", "--period", "2023", "--quiet", *words]


def plain_calamine():
    """The program of `cargo bench --bench ledger`, which also plays plain calamine."""
    built = [path for path in (TARGET / "release" / "deps").glob("ledger-*") if not path.suffix]
    return max(built, key=lambda path: path.stat().st_mtime, default=None)


def installed(name, modules):
    missing = [module for module in modules if importlib.util.find_spec(module) is None]
    if missing:
        print(f"{name}: skipped, {' and '.join(missing)} not installed")
    elif name.startswith("DuckDB"):
        import duckdb

        try:
            duckdb.sql("INSTALL excel")
            duckdb.sql("LOAD excel")
        except duckdb.Error as error:
            print(f"{name}: skipped, its extension cannot be had: {str(error).splitlines()[0]}")
            return False
    return not missing


def jobs(ledger, scratch):
    """Each job's name, its command, and the exit statuses that it may have."""
    if plain_calamine():
        yield "plain calamine", [plain_calamine(), "--stream", ledger], (0,)
    else:
        print("plain calamine: skipped, run `cargo bench --bench ledger -- --ratio` before")
    yield "check, report included", check(ledger, "--force", "-o", f"{scratch}/report.xlsx"), (0, 1, 3)
    for name, (_, modules) in ENGINES.items():
        if installed(name, modules):
            yield name, [sys.executable, __file__, "--engine", name, "--ledger", ledger, f"{scratch}/{name}"], (0,)


def compare(ledger, runs):
    with tempfile.TemporaryDirectory() as scratch:
        todo = list(jobs(ledger, scratch))
        taken = {name: [] for name, _, _ in todo}
        for _ in range(runs):
            for name, words, statuses in todo:
                taken[name].append(measured(words, statuses))
        with open(f"{scratch}/check.json", "wb") as assessment:
            measured(check(ledger, "--format", "json"), (0, 1, 3), assessment)
        expected = summed_by_check(f"{scratch}/check.json")
        size = ledger.stat().st_size / 1e6
        print(f"\n{size:.1f} MB, medians of {runs} runs; {os.cpu_count()} cores, {datetime.date.today()}")
        print(f"{'':24}{'time':>10}{'ratio':>8}{'peak memory':>14}  the same sums")
        first = statistics.median(seconds for seconds, _ in taken[todo[0][0]])
        for name, _, _ in todo:
            seconds = statistics.median(seconds for seconds, _ in taken[name])
            memory = max(memory for _, memory in taken[name])
            said = Path(scratch, name)
            same = "" if not said.exists() else "yes" if json.loads(said.read_text()) == expected else "NO"
            print(f"{name:24}{seconds:>8.2f} s{seconds / first:>8.2f}{memory:>11.0f} MB  {same}")


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--rows", type=int, default=1_000_000)
    words.add_argument("--runs", type=int, default=3)
    words.add_argument("--engine", help=argparse.SUPPRESS)
    words.add_argument("--ledger", help=argparse.SUPPRESS)
    words.add_argument("output", nargs="?", help=argparse.SUPPRESS)
    words = words.parse_args()
    if words.engine:
        Path(words.output).write_text(json.dumps(summed(ENGINES[words.engine][0](words.ledger))))
        return
    ledger = TARGET / "tmp" / f"ledger-{words.rows}" / "records" / "活动台账.xlsx"
    if not ledger.exists():
        raise SystemExit(f"{ledger} is not there: run `cargo bench --bench ledger -- --ratio --rows {words.rows}` before")
    compare(ledger, words.runs)


if __name__ == "__main__":
    main()
