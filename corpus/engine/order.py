"""What is to be labelled in bulk, and how: all that the output depends on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING

from ...classifier.house import House
from ...classifier.labeller import Labeller
from ...models.store import load_model
from ..bulk import output_schema
from .batches import SIZE, merged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pyarrow as pa

    from ..bulk import Wishes
    from .inputs import Input

PACKAGED = House()
"""No house: the rule set as it is packaged."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be labelled and how; all that the output depends on.

    Attributes:
        inputs: the tables.
        wishes: what the user wants of the output.
        model: a model folder, the packaged model if left out.
        house: what a house adds to the rule set.
        size: rows that are labelled, and kept, at a time.
    """

    inputs: Sequence[Input]
    wishes: Wishes
    model: Path | None = None
    house: House = PACKAGED
    size: int = SIZE

    @property
    def rows(self) -> int | None:
        """How many ads there are, if that is known beforehand."""
        known = [item.rows for item in self.inputs if item.rows is not None]
        return sum(known) if len(known) == len(self.inputs) else None

    def manifest(self) -> dict[str, object]:
        """What a resumed run must agree with: hashes of inputs, rule set and model, options, versions."""
        import pyarrow as pa

        labeller = labeller_of(self.model, self.house)
        return {
            "inputs": [{"columns": asdict(item.columns), "sha256": item.digest()} for item in self.inputs],
            "options": asdict(self.wishes),
            "profile": labeller.profile.digest,
            "model": labeller.model.digest,
            "tool": labeller.tool,
            "batches": {"size": self.size, "pyarrow": pa.__version__},
        }

    def schema(self) -> pa.Schema:
        """The columns of the output: those of all inputs; text, where types of one name do not go together."""
        schemas = [output_schema(item.schema, item.columns, self.wishes) for item in self.inputs]
        return merged(schemas)


@cache
def labeller_of(model: Path | None = None, house: House = PACKAGED) -> Labeller:
    """The labeller of this process for a model and a house, made once."""
    return Labeller.of_house(house, load_model(model) if model else None)
