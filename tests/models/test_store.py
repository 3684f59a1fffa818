from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

from jobclass.errors import ModelError
from jobclass.models.features import Example, FeatureSettings
from jobclass.models.linear import LinearModel
from jobclass.models.store import FORMAT, JSON_FILE, WEIGHTS_FILE, Model, load_model, save_model


@pytest.fixture
def model() -> Model:
    settings = FeatureSettings(bits=8)
    weights = np.zeros((settings.size, 2), np.float16)
    weights[[3, 77]] = [[1, -1], [0.5, 2]]
    linear = LinearModel(("x", "y"), settings, weights, np.array([0.5, 0], np.float32), exclusive=True, temperature=0.7)
    return Model("test-1", {"task": linear}, {"steps": np.ones((2, 2), np.float32)}, {"seed": 0})


def test_store_round_trip(model: Model, tmp_path: Path) -> None:
    digest = save_model(model, tmp_path)
    read = load_model(tmp_path)
    assert read.digest == digest
    assert read.name == "test-1"
    assert (read.arrays["steps"] == 1).all()
    example = Example(("wort",))
    assert (read.linear["task"].scores(example) == model.linear["task"].scores(example)).all()
    assert read.linear["task"].temperature == 0.7


def test_store_same_model_same_bytes(model: Model, tmp_path: Path) -> None:
    assert save_model(model, tmp_path / "a") == save_model(model, tmp_path / "b")
    assert not list(tmp_path.rglob("*.tmp"))


def test_store_refuses_another_format(model: Model, tmp_path: Path) -> None:
    save_model(model, tmp_path)
    file = tmp_path / JSON_FILE
    file.write_text(json.dumps(json.loads(file.read_text()) | {"format": FORMAT + 1}))
    with pytest.raises(ModelError) as caught:
        load_model(tmp_path)
    assert caught.value.code == "E202"
    assert "jobclass train" in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04broken"])
def test_store_refuses_broken_weights(content: bytes, model: Model, tmp_path: Path) -> None:
    save_model(model, tmp_path)
    (tmp_path / WEIGHTS_FILE).write_bytes(content)
    with pytest.raises(ModelError) as caught:
        load_model(tmp_path)
    assert caught.value.code == "E201"


def test_store_never_unpickles(model: Model, tmp_path: Path) -> None:
    save_model(model, tmp_path)
    np.savez(tmp_path / WEIGHTS_FILE, evil=np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with ZipFile(tmp_path / WEIGHTS_FILE) as archive:
        checksums = {entry.filename.removesuffix(".npy"): entry.CRC for entry in archive.infolist()}
    content = json.loads((tmp_path / JSON_FILE).read_text())
    (tmp_path / JSON_FILE).write_text(json.dumps(content | {"arrays": checksums}))
    with pytest.raises(ModelError, match="allow_pickle") as caught:
        load_model(tmp_path)
    assert caught.value.code == "E201"


def test_store_refuses_the_weights_of_another_model(model: Model, tmp_path: Path) -> None:
    other = replace(model, arrays={"steps": np.zeros((2, 2), np.float32)})
    save_model(model, tmp_path / "a")
    save_model(other, tmp_path / "b")
    (tmp_path / "a" / WEIGHTS_FILE).write_bytes((tmp_path / "b" / WEIGHTS_FILE).read_bytes())
    with pytest.raises(ModelError) as caught:
        load_model(tmp_path / "a")
    assert caught.value.code == "E204"


def test_store_refuses_arrays_that_do_not_fit(model: Model, tmp_path: Path) -> None:
    save_model(model, tmp_path)
    other = replace(model, linear={"task": replace(model.linear["task"], labels=("x", "y", "z"))})
    content = json.loads((tmp_path / JSON_FILE).read_text())
    content["tasks"]["task"]["labels"] = list(other.linear["task"].labels)
    (tmp_path / JSON_FILE).write_text(json.dumps(content))
    with pytest.raises(ModelError) as caught:
        load_model(tmp_path)
    assert caught.value.code == "E204"


def test_store_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        load_model(tmp_path / "none")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"labels": []}, "E201"),
        ({"settings": {"bits": 50, "signal": 0.3}}, "E201"),
        ({"settings": {"bits": -1, "signal": 0.3}}, "E201"),
        ({"settings": {"bits": 30, "signal": 0.3}}, "E203"),
    ],
)
def test_store_refuses_what_no_training_writes(
    change: dict[str, object], code: str, model: Model, tmp_path: Path
) -> None:
    save_model(model, tmp_path)
    content = json.loads((tmp_path / JSON_FILE).read_text())
    content["tasks"]["task"] |= change
    (tmp_path / JSON_FILE).write_text(json.dumps(content))
    with pytest.raises(ModelError) as caught:
        load_model(tmp_path)
    assert caught.value.code == code


def test_store_refuses_tasks_that_are_no_table(model: Model, tmp_path: Path) -> None:
    save_model(model, tmp_path)
    content = json.loads((tmp_path / JSON_FILE).read_text())
    (tmp_path / JSON_FILE).write_text(json.dumps(content | {"tasks": []}))
    with pytest.raises(ModelError) as caught:
        load_model(tmp_path)
    assert caught.value.code == "E201"
