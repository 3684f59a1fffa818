"""Work that is kept: each labelled batch as a file of its own, beside a manifest of what it was made from and how.

A part appears under its name only when it is complete, and names the run it belongs to. So after a crash at any moment
what lies there is whole, and a second run makes only what is missing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from shutil import rmtree
from typing import TYPE_CHECKING

from ...atomic import replacing, write
from ...errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

FORMAT = 1
MANIFEST = "manifest.json"
RUN = b"jobclass.run"
"""Key of a part's metadata that holds the digest of its run's manifest."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one run.

    Attributes:
        folder: where they lie.
        run: digest of the run's manifest.
    """

    folder: Path
    run: str

    def path(self, number: int) -> Path:
        """The file of a part."""
        return self.folder / f"part-{number:08}.parquet"

    def has(self, number: int) -> bool:
        """Whether a part is there, whole, and of this run."""
        import pyarrow as pa
        from pyarrow import parquet

        try:
            return (parquet.read_schema(self.path(number)).metadata or {}).get(RUN) == self.run.encode()
        except (OSError, pa.ArrowException):
            return False

    def write(self, number: int, batch: pa.RecordBatch) -> None:
        """Keeps a part.

        Raises:
            InputError: it cannot be written; what was kept before stays.
        """
        import pyarrow as pa
        from pyarrow import parquet

        table = pa.Table.from_batches([batch]).replace_schema_metadata({RUN: self.run.encode()})
        with replacing(self.path(number), shared=True) as temporary, temporary.open("wb") as file:
            parquet.write_table(table, file, compression="zstd")

    def read(self, count: int) -> Iterator[pa.Table]:
        """The first parts, in their order."""
        from pyarrow import parquet

        for number in range(count):
            yield parquet.read_table(self.path(number))

    def remove(self) -> None:
        """Removes the parts, the manifest last: what is left half way can still be resumed."""
        for path in self.folder.iterdir():
            if path.name != MANIFEST:
                path.unlink(missing_ok=True)
        rmtree(self.folder, ignore_errors=True)


def open_parts(folder: Path, manifest: Mapping[str, object], *, resume: bool) -> Parts:
    """Opens the folder of a run, new or kept.

    Args:
        folder: where the parts lie, or shall lie.
        manifest: all that the output depends on.
        resume: whether work that is kept is to be used.

    Raises:
        InputError: there is kept work that is not to be resumed, or was made from something else; or the folder
            cannot be written.
    """
    wanted = {"format": FORMAT, **manifest}
    text = json.dumps(wanted, ensure_ascii=False, indent=1, sort_keys=True)
    try:
        kept = _manifest(folder)
        if kept is not None:
            _check(folder, kept, wanted, resume=resume)
        else:
            folder.mkdir(exist_ok=True)
            write(folder / MANIFEST, text.encode())
    except OSError as error:
        raise InputError("E112", path=folder, problem=error.strerror or error) from error
    return Parts(folder, sha256(text.encode()).hexdigest())


def _manifest(folder: Path) -> dict[str, object] | None:
    """The manifest of a folder, nothing if there is none; one that is no JSON object is one that differs."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _check(folder: Path, kept: Mapping[str, object], wanted: Mapping[str, object], *, resume: bool) -> None:
    if not resume:
        raise InputError("E148", folder=folder)
    # both as JSON, in which a tuple is a list
    plain = json.loads(json.dumps(wanted))
    differing = [key for key in plain if kept.get(key) != plain[key]]
    if differing:
        raise InputError("E149", folder=folder, what=", ".join(differing))
