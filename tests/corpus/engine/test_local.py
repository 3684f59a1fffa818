from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jobclass import Labeller
from jobclass.corpus.bulk import Wishes, label_batch
from jobclass.corpus.engine import local
from jobclass.corpus.engine.inputs import prepare
from jobclass.corpus.engine.local import label_tables, parts_folder
from jobclass.corpus.engine.order import Order, labeller_of
from jobclass.errors import InputError

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

SIZE = 5


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """Ads of ours with a year, every tenth of them broken."""
    source = repository / "corpus" / "evaluation" / "confusion.jsonl"
    ads = [json.loads(line) for line in source.read_text().splitlines()]
    rows = [
        {"id": ad["id"], "title": ad["title"], "text": ad["text"] if number % 10 else "", "year": 2000 + number}
        for number, ad in enumerate(ads)
    ]
    path = tmp_path_factory.mktemp("bulk") / "ads.parquet"
    parquet.write_table(pa.Table.from_pylist(rows), path)
    return path


@pytest.fixture(scope="module")
def order(table: Path) -> Order:
    return Order(prepare([str(table)], {})[0], Wishes(), size=SIZE)


@pytest.fixture(scope="module")
def undisturbed(order: Order, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    output = tmp_path_factory.mktemp("undisturbed") / "out.parquet"
    summary = label_tables(order, output, "parquet", jobs=1, resume=False, advance=lambda _: None)
    assert (summary.rows, summary.errors, len(summary.first)) == (60, 6, 3)
    assert not parts_folder(output).exists()
    return output.read_bytes()


def test_local_rows_come_out_as_they_went_in(undisturbed: bytes, table: Path, order: Order) -> None:
    found = parquet.read_table(pa.BufferReader(undisturbed))
    (batch,) = parquet.read_table(table).combine_chunks().to_batches()
    wanted = label_batch(batch, labeller_of(None), order.inputs[0].columns)
    assert found.to_pylist() == wanted.to_pylist()
    assert found.column("date").to_pylist() == list(range(2000, 2060))


def test_local_two_processes_give_the_same_file(undisturbed: bytes, order: Order, tmp_path: Path) -> None:
    done: list[int] = []
    label_tables(order, tmp_path / "out.parquet", "parquet", jobs=2, resume=False, advance=done.append)
    assert (tmp_path / "out.parquet").read_bytes() == undisturbed
    assert sum(done) == 60


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_local_other_formats_hold_the_same_rows(form: str, undisturbed: bytes, order: Order, tmp_path: Path) -> None:
    import csv

    output = tmp_path / f"out.{form}"
    label_tables(order, output, form, jobs=1, resume=False, advance=lambda _: None)
    wanted = parquet.read_table(pa.BufferReader(undisturbed)).to_pylist()
    with output.open(encoding="utf-8", newline="") as file:
        if form == "jsonl":
            assert [json.loads(line) for line in file] == wanted
            return
        rows = list(csv.DictReader(file))
    assert [row["role"] or None for row in rows] == [row["role"] for row in wanted]
    assert [json.loads(row["duties"] or "null") for row in rows] == [row["duties"] for row in wanted]


RUN = f"""
import sys
from pathlib import Path
from jobclass.corpus.bulk import Wishes
from jobclass.corpus.engine.inputs import prepare
from jobclass.corpus.engine.local import label_tables
from jobclass.corpus.engine.order import Order
source, output = sys.argv[1:]
order = Order(prepare([source], {{}})[0], Wishes(), size={SIZE})
label_tables(order, Path(output), "parquet", jobs=2, resume=True, advance=lambda _: None)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
def test_local_killed_at_random_points_it_ends_with_the_same_file(
    undisturbed: bytes, table: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out.parquet"
    folder = parts_folder(output)
    chance = random.Random(int.from_bytes(os.urandom(4)))  # noqa: S311 -- moments, no secrets
    kept = 0
    for _ in range(2):
        process = subprocess.Popen([sys.executable, "-c", RUN, str(table), str(output)], stderr=subprocess.DEVNULL)
        wanted = kept + chance.randint(0, 4)
        while process.poll() is None and len(list(folder.glob("part-*"))) < wanted:
            time.sleep(0.01)
        time.sleep(chance.random())
        process.send_signal(signal.SIGKILL)
        process.wait()
        kept = len(list(folder.glob("part-*"))) if not output.exists() else 12
    subprocess.run([sys.executable, "-c", RUN, str(table), str(output)], check=True)
    assert output.read_bytes() == undisturbed
    assert list(tmp_path.iterdir()) == [output]


def test_local_interrupted_work_is_used_and_not_made_again(
    undisturbed: bytes, order: Order, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out.parquet"

    def interrupted(done: int) -> None:
        seen.append(done)
        if len(seen) == 4:
            raise KeyboardInterrupt

    seen: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        label_tables(order, output, "parquet", jobs=1, resume=False, advance=interrupted)
    made: list[int] = []
    whole = local.label_part

    def noted(share: object, number: int, *rest: object) -> int:
        made.append(number)
        return whole(share, number, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(local, "label_part", noted)
    label_tables(order, output, "parquet", jobs=1, resume=True, advance=lambda _: None)
    assert made == list(range(4, 12))
    assert output.read_bytes() == undisturbed


def test_local_a_changed_input_is_refused(table: Path, tmp_path: Path) -> None:
    copy = tmp_path / "ads.parquet"
    copy.write_bytes(table.read_bytes())
    output = tmp_path / "out.parquet"
    order = Order(prepare([str(copy)], {})[0], Wishes(), size=SIZE)

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        label_tables(order, output, "parquet", jobs=1, resume=False, advance=stop)
    parquet.write_table(parquet.read_table(copy).slice(1), copy)
    changed = Order(prepare([str(copy)], {})[0], Wishes(title="anders"), size=SIZE)
    with pytest.raises(InputError) as caught:
        label_tables(changed, output, "parquet", jobs=1, resume=True, advance=lambda _: None)
    assert caught.value.details["what"] == "inputs, options"


FULL = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000))\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on file sizes")
def test_local_a_full_disk_loses_nothing(undisturbed: bytes, table: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.parquet"
    run = [sys.executable, "-c", FULL + RUN.replace("jobs=2", "jobs=1"), str(table), str(output)]
    failed = subprocess.run(run, capture_output=True, text=True, check=False)
    assert "E112" in failed.stderr
    assert not output.exists()
    assert list(parts_folder(output).glob(".*")) == []
    label_tables(Order(prepare([str(table)], {})[0], Wishes(), size=SIZE), output, "parquet", jobs=1, resume=True, advance=lambda _: None)  # fmt: skip
    assert output.read_bytes() == undisturbed


def test_local_a_finished_table_is_left_alone_until_there_is_a_new_one(order: Order, tmp_path: Path) -> None:
    output = tmp_path / "out.parquet"
    output.write_bytes(b"alt")

    def stop(_: int) -> None:
        assert output.read_bytes() == b"alt"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        label_tables(order, output, "parquet", jobs=1, resume=False, advance=stop)
    assert output.read_bytes() == b"alt"


def test_local_the_labeller_is_made_once() -> None:
    assert isinstance(labeller_of(None), Labeller)
    assert labeller_of(None) is labeller_of(None)
