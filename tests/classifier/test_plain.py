from __future__ import annotations

import json
from pathlib import Path

from jobclass.classifier.ad import Ad
from jobclass.classifier.labeller import Labeller
from jobclass.classifier.plain import plain


def test_plain_has_the_fields_of_the_contract_in_its_order(
    labeller: Labeller, repository: Path, examples: Path
) -> None:
    contract = json.loads((repository / "classifier" / "verdict.schema.json").read_text(encoding="utf-8"))
    values = plain(labeller.label(Ad((examples / "all-in-one.txt").read_text(encoding="utf-8"))))
    assert list(values) == [name for name in contract["$defs"]["verdict"]["required"] if name != "schema"]
    assert json.loads(json.dumps(values)) == values
