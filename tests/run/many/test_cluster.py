"""A cluster of Dask: the same tables as on this machine, also where a worker dies at its work."""

import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from conftest import Project
from dalil.run.many.spread import CLUSTER

pytest.importorskip("distributed")
pytestmark = pytest.mark.slow
COUNT = 40


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """A scheduler and two workers of this machine; the workers."""
    file = tmp_path / "scheduler.json"

    def start(what: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "distributed.cli.dask_" + what, "--no-dashboard", *options]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen([*command, "--scheduler-file", str(file)], cwd=tmp_path, **quiet)  # type: ignore[call-overload,no-any-return]

    def end(process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.wait()

    with ExitStack() as ending:
        scheduler = start("scheduler", "--host", "127.0.0.1", "--port", "0")
        ending.callback(end, scheduler)
        options = ("--no-nanny", "--nthreads", "1", "--local-directory", str(tmp_path / "workers"))
        workers = [start("worker", "--host", "127.0.0.1", *options) for _ in range(2)]
        for worker in workers:
            ending.callback(end, worker)
        from distributed import Client

        with Client(scheduler_file=str(file)) as client:
            client.wait_for_workers(2, timeout=120)
            monkeypatch.setenv(CLUSTER, client.scheduler.address)
        yield workers


def dalil(*arguments: str, folder: Path, **variables: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, **variables}
    command = [sys.executable, "-m", "dalil", *arguments]
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_a_worker_that_is_killed_costs_nothing(cluster: list[subprocess.Popen[bytes]], tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(COUNT):
        text = "".join(
            f"In {year} trade grew by {number}.{year % 7}% to ${year % 9} billion. " for year in range(1990, 2024)
        )
        (articles / f"{number:03}.txt").write_text(text if number else "", encoding="utf-8")
    running = dalil("corpus", "articles", "--output", "far", folder=tmp_path)
    end = time.monotonic() + 240
    while len(list(tmp_path.glob("far/parts/*/*.json.gz"))) < 4:
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < end
        time.sleep(0.02)
    cluster[0].kill()
    kept = len(list(tmp_path.glob("far/parts/*/*.json.gz")))
    said, complaint = running.communicate(timeout=300)
    assert running.returncode == 0, complaint
    assert kept < COUNT - 1
    assert f"{COUNT} files, 1 of them skipped." in said.decode()
    here = dalil("corpus", "articles", "--output", "near", folder=tmp_path, **{CLUSTER: ""})
    here.communicate(timeout=300)
    for table in ("quantities", "claims", "skipped"):
        assert (tmp_path / f"far/{table}.csv").read_bytes() == (tmp_path / f"near/{table}.csv").read_bytes()


def test_a_sweep_on_a_cluster_has_the_facts_of_the_report(
    cluster: list[subprocess.Popen[bytes]], project: Project
) -> None:
    assert cluster
    (project.root / "grid.yml").write_text("product: {rounding: [half-unit]}", encoding="utf-8")
    running = dalil("sweep", "grid.yml", "--output", f"file://{project.root}/far", folder=project.root)
    _, complaint = running.communicate(timeout=600)
    assert running.returncode == 0, complaint
    known = json.loads((project.root / "data/processed/facts.json").read_text(encoding="utf-8"))
    with (project.root / "far/facts.csv").open(encoding="utf-8", newline="") as file:
        found = {row["fact"]: [row[name] for name in ("value", "low", "high", "unit")] for row in csv.DictReader(file)}
    assert found == {name: [fact[key] for key in ("value", "low", "high", "unit")] for name, fact in known.items()}
