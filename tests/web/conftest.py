"""The application, as `jobclass serve` makes it."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from jobclass.classifier.labeller import Labeller
from jobclass.corpus.review.gate import Gate
from jobclass.corpus.review.silence import Silence
from jobclass.web.app import application
from jobclass.web.server import hosts_of


@pytest.fixture(scope="session")
def client(labeller: Labeller) -> TestClient:
    """Asks the application as a program on this machine would."""

    def new_gate(roles: tuple[str, ...]) -> Gate:
        return Gate(labeller, Silence([]), lambda _: roles)

    made = application(labeller, new_gate, "de", hosts_of("127.0.0.1", "127.0.0.1"))
    return TestClient(made, base_url="http://127.0.0.1:8765")
