"""The model as a folder of data, never code: `model.json` and `weights.npz`.

Changing the format: raise `FORMAT`, say in `docs/architecture.md` what changed and why, retrain the shipped model,
and add a test that the old number is refused with a message that names the way out. Only the current format is read.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.resources import files
from typing import IO, TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile, ZipInfo

import numpy as np

from ..atomic import replacing
from ..errors import ModelError
from .features import FeatureSettings
from .linear import LinearModel

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from numpy.typing import NDArray

FORMAT = 5
PACKAGED = "bvcm-de"
JSON_FILE = "model.json"
WEIGHTS_FILE = "weights.npz"
LARGEST = 200 * 1024 * 1024
"""Bytes of an array file or of the weights of a task; more is refused before it is read."""

MOST_BITS = 32
"""Of a feature's number: hashes have no more."""


@dataclass(frozen=True)
class Model:
    """Everything that was learned.

    Attributes:
        name: such as `bvcm-de-1`.
        linear: the linear models, by task (`breaks`, `zones`, `duties`, `areas`, `grades`, `role`).
        arrays: further arrays, by name.
        about: hashes of corpus and profile, seed and strengths of the training.
        digest: SHA-256 of `model.json`, which holds the checksums of all arrays.
    """

    name: str
    linear: Mapping[str, LinearModel]
    arrays: Mapping[str, NDArray[Any]]
    about: Mapping[str, object]
    digest: str = ""


def save_model(model: Model, folder: Path) -> str:
    """Writes a model; the same model gives the same bytes.

    Returns:
        The model's digest.
    """
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, NDArray[Any]] = {f"extra.{name}": array for name, array in model.arrays.items()}
    tasks = {}
    for name, linear in model.linear.items():
        used = np.flatnonzero(linear.weights.any(axis=1)).astype(np.int32)
        arrays |= {f"{name}.used": used, f"{name}.weights": linear.weights[used], f"{name}.bias": linear.bias}
        tasks[name] = {
            "labels": list(linear.labels),
            "settings": asdict(linear.settings),
            "exclusive": linear.exclusive,
            "temperature": linear.temperature,
        }
    with replacing(folder / JSON_FILE) as text, replacing(folder / WEIGHTS_FILE) as weights:
        with weights.open("wb") as file:
            checksums = _write_npz(file, arrays)
        content = {"format": FORMAT, "name": model.name, "tasks": tasks, "arrays": checksums, "about": model.about}
        text.write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return _digest(folder)


def _write_npz(file: IO[bytes], arrays: Mapping[str, NDArray[Any]]) -> dict[str, int]:
    """An npz file whose bytes depend on the arrays alone (numpy's own writer stores the time), and its checksums.

    It is not compressed: that would save a seventh, and take longer to read than everything else of the model.
    """
    with ZipFile(file, "w") as archive:
        for name in sorted(arrays):
            entry = ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            with archive.open(entry, "w", force_zip64=True) as member:
                np.lib.format.write_array(member, np.ascontiguousarray(arrays[name]), allow_pickle=False)
        return _checksums(archive)


def _checksums(archive: ZipFile) -> dict[str, int]:
    return {entry.filename.removesuffix(".npy"): entry.CRC for entry in archive.infolist()}


def load_model(folder: Traversable | None = None) -> Model:
    """Reads a model folder.

    Args:
        folder: where it lies; the packaged model if left out.

    Raises:
        ModelError: a file is missing, broken, of another format, too large, or its arrays do not fit
            its labels.
    """
    folder = folder or files(__package__) / PACKAGED
    try:
        content = json.loads((folder / JSON_FILE).read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise ModelError("E202", folder=folder, found=content["format"], wanted=FORMAT)
        arrays = _read_npz(folder, content["arrays"])
        linear = {name: _linear(name, task, arrays, folder) for name, task in content["tasks"].items()}
        extra = {key.removeprefix("extra."): array for key, array in arrays.items() if key.startswith("extra.")}
        return Model(content["name"], linear, extra, content["about"], _digest(folder))
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, BadZipFile) as error:
        raise ModelError("E201", folder=folder, problem=error) from error


def _read_npz(folder: Traversable, checksums: Mapping[str, int]) -> dict[str, NDArray[Any]]:
    """The arrays of a model; a file that would unpack to too much, or belongs to another model, is refused unread."""
    with (folder / WEIGHTS_FILE).open("rb") as file:
        with ZipFile(file) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            if size > LARGEST:
                raise ModelError("E203", folder=folder, size=size, largest=LARGEST)
            for name, checksum in _checksums(archive).items():
                if checksums.get(name) != checksum:
                    raise ModelError("E204", folder=folder, task=name)
        file.seek(0)
        with np.load(file, allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}


def _linear(name: str, task: dict[str, Any], arrays: Mapping[str, NDArray[Any]], folder: Traversable) -> LinearModel:
    labels = tuple(task["labels"])
    settings = FeatureSettings(**task["settings"])
    if not labels or not 0 <= settings.bits <= MOST_BITS:
        problem = f"{name}: {len(labels)} labels, {settings.bits} bits"
        raise ModelError("E201", folder=folder, problem=problem)
    used, compact, bias = (arrays[f"{name}.{part}"] for part in ("used", "weights", "bias"))
    fits = compact.shape == (len(used), len(labels)) and bias.shape == (len(labels),)
    if not fits or (len(used) and used.max() >= settings.size):
        raise ModelError("E204", folder=folder, task=name)
    if (size := settings.size * len(labels) * compact.itemsize) > LARGEST:
        raise ModelError("E203", folder=folder, size=size, largest=LARGEST)
    weights = np.zeros((settings.size, len(labels)), dtype=compact.dtype)
    weights[used] = compact
    return LinearModel(labels, settings, weights, bias, bool(task["exclusive"]), float(task["temperature"]))


def _digest(folder: Traversable) -> str:
    return sha256((folder / JSON_FILE).read_bytes()).hexdigest()
