from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from jobclass.cli.configuration import load_configuration
from jobclass.corpus.bulk import Wishes
from jobclass.corpus.engine.inputs import prepare
from jobclass.corpus.engine.order import Order, labeller_of

pytest.importorskip("pyarrow")


@pytest.fixture
def order(tmp_path: Path) -> Order:
    (tmp_path / "ads.csv").write_text("id,text\n1,a\n")
    return Order(prepare([str(tmp_path / "ads.csv")], {})[0], Wishes())


def test_order_a_house_reaches_other_processes(tmp_path: Path, order: Order) -> None:
    (tmp_path / "jobclass.toml").write_text("[flags]\nF1 = 'off'\n")
    house = load_configuration(tmp_path / "jobclass.toml").house
    sent = pickle.loads(pickle.dumps(house))  # noqa: S301 -- our own, as joblib sends it
    assert labeller_of(None, sent) is labeller_of(None, house)
    assert labeller_of(None, house) is not labeller_of()
    assert Order(order.inputs, order.wishes, house=house).manifest()["tool"] != order.manifest()["tool"]


def test_order_the_manifest_depends_on_all_that_the_output_does(order: Order, tmp_path: Path) -> None:
    manifest = order.manifest()
    assert manifest == order.manifest()
    assert Order(order.inputs, Wishes(title="x")).manifest() != manifest
    assert Order(order.inputs, order.wishes, size=7).manifest() != manifest
    (tmp_path / "ads.csv").write_text("id,text\n1,b\n")
    assert Order(prepare([str(tmp_path / "ads.csv")], {})[0], order.wishes).manifest() != manifest
