"""Spark, on a real standalone cluster: a master and two workers on the loopback address of this machine."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from shutil import which

import pytest

from jobclass.corpus.bulk import Wishes
from jobclass.corpus.engine.inputs import prepare
from jobclass.corpus.engine.local import label_tables
from jobclass.corpus.engine.order import Order
from jobclass.corpus.spark import one_format
from jobclass.errors import InputError


def missing() -> str:
    """What these tests need and is not here."""
    try:
        import_module("pandas")
        import_module("pyspark")
    except ImportError as error:
        return str(error)
    return "" if which("java") else "no Java"


needs_spark = pytest.mark.skipif(
    bool(missing()) and not os.environ.get("CI"), reason=f"Spark cannot run here: {missing()}"
)

PATIENCE = 180
"""Seconds that anything about the cluster may take on a busy machine."""


class Cluster:
    """A standalone cluster; every process leads a group, so that a worker can be killed with its executor."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        log = self._start("master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "0")
        self.master = self._found(log, r"Starting Spark master at (spark://\S+)")
        for name in ("one", "two"):
            own = ("--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--work-dir", str(folder / name))
            log = self._start(name, "org.apache.spark.deploy.worker.Worker", *own, self.master)
            self._found(log, r"Successfully registered with master")

    def _start(self, name: str, role: str, *arguments: str) -> Path:
        import pyspark

        home = Path(pyspark.__file__).parent
        log = self.folder / f"{name}.log"
        environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_NO_DAEMONIZE": "1", "PYSPARK_PYTHON": sys.executable}  # fmt: skip
        with log.open("wb") as file:
            command = [str(home / "bin" / "spark-class"), role, "--webui-port", "0", *arguments]
            self.processes.append(subprocess.Popen(command, stdout=file, stderr=file, env=environment, start_new_session=True))  # fmt: skip
        return log

    def _found(self, log: Path, pattern: str) -> str:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if match := re.search(pattern, log.read_text(errors="replace")):
                return match[match.re.groups]
            time.sleep(0.1)
        raise TimeoutError(log.read_text(errors="replace"))

    def busy(self, name: str) -> bool:
        """Whether a worker runs an executor that has begun to label."""
        return any("Running task" in log.read_text(errors="replace") for log in (self.folder / name).rglob("stderr"))

    def kill(self, number: int) -> None:
        """Kills a process with all its children, as if its machine had lost power."""
        os.killpg(self.processes[number].pid, signal.SIGKILL)

    def stop(self) -> None:
        """Ends all that still runs."""
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    yield cluster
    cluster.stop()


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """Ads of ours in twelve files, some rows broken, with columns that travel."""
    import json

    import pyarrow as pa
    from pyarrow import parquet

    source = repository / "corpus" / "evaluation" / "confusion.jsonl"
    ads = [json.loads(line) for line in source.read_text().splitlines()]
    rows = [
        {
            "id": ad["id"],
            "title": ad["title"],
            "text": ad["text"] if number % 10 else None,
            "role": "alt",
            "a.b": number,
        }
        for number, ad in enumerate(ads)
    ]
    folder = tmp_path_factory.mktemp("ads") / "ads.parquet"
    folder.mkdir()
    for number in range(12):
        parquet.write_table(pa.Table.from_pylist(rows[number * 5 : number * 5 + 5]), folder / f"{number:02}.parquet")
    return folder


CONFIGURATION = {
    "spark.sql.files.minPartitionNum": "12",  # a task for each file
    "spark.executor.memory": "512m",
    "spark.driver.memory": "512m",
    "spark.task.maxFailures": "8",
    "spark.network.timeout": "60s",
    "spark.executor.heartbeatInterval": "5s",
    "spark.ui.enabled": "false",
}


@needs_spark
def test_spark_gives_the_rows_of_the_local_engine_though_a_worker_is_killed(
    cluster: Cluster, table: Path, tmp_path: Path
) -> None:
    from pyarrow import parquet

    output = tmp_path / "labelled.parquet"
    options = " ".join(f"--conf {key}={value}" for key, value in CONFIGURATION.items())
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_SUBMIT_ARGS": f"{options} pyspark-shell"}
    command = [sys.executable, "-m", "jobclass", "label", str(table), "-o", str(output), "--engine", "spark", "--master", cluster.master]  # fmt: skip
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True) as run:
        try:
            end = time.monotonic() + PATIENCE
            while not cluster.busy("one") and run.poll() is None and time.monotonic() < end:
                time.sleep(0.05)
            assert run.poll() is None, run.communicate()
            cluster.kill(1)
            _, said = run.communicate(timeout=PATIENCE)
        finally:
            if run.poll() is None:
                os.killpg(run.pid, signal.SIGKILL)
    assert run.returncode == 0, said
    assert "6 von 60 Anzeigen" in said

    local = tmp_path / "local.parquet"
    order = Order(prepare([str(table)], {})[0], Wishes())
    label_tables(order, local, "parquet", jobs=1, resume=False, advance=lambda _: None)
    found = parquet.read_table(output).to_pylist()
    assert sorted(found, key=lambda row: str(row["id"])) == parquet.read_table(local).sort_by("id").to_pylist()


@pytest.mark.parametrize(
    ("paths", "form"),
    [
        (["s3a://bucket/ads.parquet/", "out.parquet"], "parquet"),
        (["ads.jsonl", "out.jsonl"], "json"),
        (["ads.csv", "out.parquet"], ""),
        (["ads.jsonl", "out.parquet"], ""),
    ],
)
def test_spark_reads_and_writes_one_format(paths: list[str], form: str) -> None:
    if form:
        assert one_format(paths) == form
        return
    with pytest.raises(InputError, match="E156"):
        one_format(paths)
