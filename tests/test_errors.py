from __future__ import annotations

import pickle

from jobclass.errors import InputError


def test_errors_come_from_another_process_as_they_are() -> None:
    sent = InputError("E112", path="out.parquet", problem=OSError(28, "full"))
    sent.add_note("while the last part was written")
    error = pickle.loads(pickle.dumps(sent))  # noqa: S301 -- our own
    assert (type(error), error.code, error.details["path"]) == (InputError, "E112", "out.parquet")
    assert (str(error), error.__notes__) == (str(sent), ["while the last part was written"])
