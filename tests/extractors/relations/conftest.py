from __future__ import annotations

import pytest
from spacy.language import Language

from extractors.relations.extractor import RelationExtractor


@pytest.fixture(autouse=True)
def _by_rules_alone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What these tests say of a sentence the rules must find, whatever the statement reader makes of it."""
    if "nlp" in request.fixturenames and request.node.get_closest_marker("with_reader") is None:
        nlp: Language = request.getfixturevalue("nlp")
        extractor = nlp.get_pipe("relation_rules")
        assert isinstance(extractor, RelationExtractor)
        monkeypatch.setattr(extractor, "_reader", None)
