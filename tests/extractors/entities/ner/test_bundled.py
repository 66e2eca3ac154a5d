import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from extractors.entities.external_models import BUNDLED

pytestmark = pytest.mark.model

TEXT = "Tofacitinib (TOFA) inhibited Janus kinases in T cells. TOFA caused herpes zoster in mice."


@pytest.fixture(scope="module")
def model() -> Language:
    return spacy.load(BUNDLED)


def entities(doc: Doc) -> list[tuple[str, str]]:
    return [(ent.text, ent.label_) for ent in doc.ents]


def test_it_reads_names_tags_and_trees(model: Language) -> None:
    doc = model(TEXT)
    found = dict(entities(doc))
    assert found["Tofacitinib"] == found["TOFA"] == "CHEMICAL"
    assert found["herpes zoster"] == "DISEASE"
    assert found["T cells"] == "CELL_TYPE"
    verb = next(token for token in doc if token.text == "inhibited")
    assert verb.tag_ == "VBD"
    assert {child.text: child.dep_ for child in verb.children}["Tofacitinib"] == "nsubj"
    assert len(list(doc.sents)) == 2


def test_what_it_has_read_can_be_stored(model: Language) -> None:
    doc = model(TEXT)
    [stored] = DocBin(docs=[doc], store_user_data=True).get_docs(model.vocab)
    assert [short.text for short in stored._.abbreviations] == ["TOFA", "TOFA"]
    assert stored._.abbreviations[1]._.long_form.text == "Tofacitinib"
    assert list(stored.spans) == list(doc.spans)
    assert Doc(model.vocab).from_bytes(doc.to_bytes()).text == TEXT


def test_it_reads_in_several_processes(model: Language) -> None:
    assert [entities(doc) for doc in model.pipe([TEXT, TEXT], n_process=2)] == [entities(model(TEXT))] * 2


def test_it_reads_the_same_after_storing(model: Language, tmp_path: Path) -> None:
    model.to_disk(tmp_path)
    assert entities(spacy.load(tmp_path)(TEXT)) == entities(model(TEXT))


def test_it_is_small_and_says_what_it_is() -> None:
    size = sum(path.stat().st_size for path in BUNDLED.rglob("*") if path.is_file())
    assert size < 45_000_000
    meta = json.loads((BUNDLED / "meta.json").read_text(encoding="utf-8"))
    assert meta["license"] == "CC BY-SA 3.0"


def test_it_reads_without_its_parser_and_what_was_read_before() -> None:
    model = spacy.load(BUNDLED, disable=["parser"])
    assert [short.text for short in model("Rheumatoid arthritis (RA) hurts. RA is common.")._.abbreviations] == [
        "RA",
        "RA",
    ]


def test_a_parsed_text_can_be_read_again(model: Language) -> None:
    doc = model("Asthma.\n\nZinc helps.")
    assert [s.text for s in model(doc).sents] == [s.text for s in model("Asthma.\n\nZinc helps.").sents]


def test_no_name_begins_or_ends_with_a_blank(model: Language) -> None:
    doc = model("gene\tvalue\nTNF\t\t3\n \nIL6\t\t4\n  zinc\t 5\n")
    assert all(ent.text == ent.text.strip() for ent in doc.ents)


def test_threads_may_share_it(model: Language) -> None:
    texts = [f"Drug {number} with zinc {number} and velutinib{number} for asthma{number}." for number in range(60)]
    alone = [entities(doc) for doc in map(model, texts)]
    fresh = spacy.load(BUNDLED)
    with ThreadPoolExecutor(4) as pool:
        assert [entities(doc) for doc in pool.map(fresh, texts)] == alone


def test_it_says_nothing_of_where_it_was_made() -> None:
    assert set(spacy.load(BUNDLED).config["paths"].values()) == {None}
