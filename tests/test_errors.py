from __future__ import annotations

import pickle

from jobclass.errors import InputError


def test_errors_come_from_another_process_as_they_are() -> None:
    error = pickle.loads(pickle.dumps(InputError("E112", path="out.parquet", problem=OSError(28, "full"))))  # noqa: S301 -- our own
    assert (type(error), error.code, error.details["path"]) == (InputError, "E112", "out.parquet")
