from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractors.development.corpora.annotated import CorpusError
from extractors.development.corpora.phee import read_phee

TEXT = "Rash and itching after zinc and iron."


def argument(*entities: tuple[str, ...], **below: Any) -> dict[str, Any]:
    """Return an argument of an event: entities, each of one piece or more, and arguments below it."""
    found = [list(pieces) for pieces in entities]
    return {"text": found, "start": [[TEXT.index(piece) for piece in pieces] for pieces in found], **below}


def write(folder: Path, *events: dict[str, Any]) -> Path:
    path = folder / "dev.json"
    record = {"id": "77_3", "context": TEXT, "annotations": [{"events": list(events)}]}
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    return path


def test_roles_are_labels_at_any_depth(tmp_path: Path) -> None:
    combination = {"event_type": "Combination", "Trigger": argument(("and iron",))}
    first = {
        "event_type": "Adverse_event",
        "Trigger": argument(("after",)),
        "Effect": argument(("Rash",), ("itching",)),
        "Treatment": argument(("zinc and iron",), Drug=argument(("zinc",), ("iron",)), Combination=[combination]),
    }
    second = {"event_type": "Adverse_event", "Effect": argument(("Rash",)), "Subject": argument(("Rash", "itching"))}
    [document] = read_phee(write(tmp_path, first, second))
    assert (document.document_id, document.text) == ("PMID:77", TEXT)
    assert [(document.covered(span), span.label) for span in document.spans] == [
        ("Rash", "Effect"),
        ("itching", "Effect"),
        ("after", "Trigger"),
        ("zinc and iron", "Treatment"),
        ("zinc", "Drug"),
        ("and iron", "Trigger"),
        ("iron", "Drug"),
    ]


def test_an_argument_that_does_not_stand_where_it_should_is_left_out(tmp_path: Path) -> None:
    [document] = read_phee(write(tmp_path, {"Effect": {"text": [["Rash"]], "start": [[1]]}}))
    assert document.spans == ()


@pytest.mark.parametrize("line", ["{", '{"id": "1_1"}', "[]", '{"id": "1", "context": "x", "annotations": 1}'])
def test_what_is_no_record_is_an_error_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "dev.json"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"dev.json:2: .*expected an object with id, context and annotations"):
        list(read_phee(path))
