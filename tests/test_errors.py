from __future__ import annotations

import pickle

from jobclass.errors import InputError


def test_errors_come_from_another_process_as_they_are() -> None:
    sent = InputError("E112", path="out.parquet", problem=OSError(28, "full"))
    sent.add_note("while the last part was written")
    error = pickle.loads(pickle.dumps(sent))  # noqa: S301 -- our own
    assert (type(error), error.code, error.details["path"]) == (InputError, "E112", "out.parquet")
    assert (str(error), error.__notes__) == (str(sent), ["while the last part was written"])


def test_errors_learn_their_place_from_who_knows_it() -> None:
    error = InputError("E122", what="<", size=2, largest=1)
    assert str(error).startswith("E122 ?: ")
    placed = error.at("ads.csv#3")
    assert (type(placed), str(placed)) == (InputError, str(error).replace("?", "ads.csv#3", 1))
    assert str(placed.at("ads.csv#7")).startswith("E122 ads.csv#7: ")
