"""The Doc contract: what components say that they read and write is what they do, and a stored Doc keeps it."""

from __future__ import annotations

import pickle
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from typing import Any

import pytest
from places import ROOT
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from extractors import annotations as contract
from extractors.annotations import register_extensions
from extractors.options import ExtractorOptions
from extractors.pipeline import load_pipeline
from extractors.records import ENTITY_SUBTYPES

TEXT = (
    "Tofacitinib (TOFA) inhibits JAK1 and JAK3 in T cells. TOFA treats rheumatoid arthritis and severe psoriasis.\n\n"
    "A patient with asthma was given methotrexate. She developed thrombocytopenia, and methotrexate was stopped. "
    "Two months after the start of leflunomide for lupus, another patient developed peripheral neuropathy. "
    "Metformin increases hepatic and peripheral insulin sensitivity. Cells release cytokines. "
    "Tofacitinib lowers TNF secretion."
)
EXTENSIONS = tuple(contract._RECORDS)
SET_BY_THE_CALLER = {"regions", "front"}


@pytest.fixture
def doc(nlp: Language) -> Doc:
    made = nlp.make_doc(TEXT)
    made._.regions = [(0, len(TEXT), True, True)]
    made._.front = [(0, len(TEXT))]
    return nlp(made)


def values(doc: Doc) -> dict[str, Any]:
    return {name: getattr(doc._, name) for name in EXTENSIONS}


def stretch(span: Span | None) -> tuple[int, int, str] | None:
    return None if span is None else (span.start, span.end, span.text)


def spans(doc: Doc) -> list[tuple[Any, ...]]:
    """What is read from a Doc as Spans."""
    return [
        *((ent.start, ent.end, ent.label_, ent.kb_id_) for ent in doc.ents),
        *((stretch(short), stretch(short._.long_form)) for short in doc._.abbreviations),
    ]


def shape(value: Any) -> Any:
    """The types of a value, all the way down."""
    is_nested = isinstance(value, list | tuple)
    return type(value), [shape(part) for part in value] if is_nested else None


def test_entities_are_the_mentions_with_their_types_and_concepts(nlp: Language) -> None:
    doc = nlp("Tofacitinib inhibits JAK1 in severe psoriasis, but gravotinib does not.")
    assert [(ent.text, ent.label_, ent.kb_id_) for ent in doc.ents] == [
        ("Tofacitinib", "drug", "DRUGBANK:DB08895"),
        ("JAK1", "target", "HGNC:6190"),
        ("severe psoriasis", "disease", "MONDO:0005083"),
        ("gravotinib", "drug", ""),
    ]
    assert nlp.pipe_labels["mention_finder"] == list(ENTITY_SUBTYPES)


def test_a_text_without_mentions_has_no_entities(nlp: Language) -> None:
    assert nlp("It was warm in May.").ents == ()
    assert nlp("").ents == ()


@pytest.mark.model
def test_entities_of_a_name_of_the_users_have_its_identifier(tmp_path: Any) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("entity_type\tsubtype\tname\ndrug\tsmall_molecule\tgravotinib\n", encoding="utf-8")
    doc = load_pipeline(ExtractorOptions(vocabulary=own))("Gravotinib inhibits JAK1.")
    assert [ent.kb_id_ for ent in doc.ents] == ["USER:gravotinib", "HGNC:6190"]


def from_doc_bin(doc: Doc) -> Doc:
    [stored] = DocBin(docs=[doc], store_user_data=True).get_docs(doc.vocab)
    return stored


@pytest.mark.parametrize(
    "copied",
    [
        lambda doc: Doc(doc.vocab).from_bytes(doc.to_bytes()),
        lambda doc: pickle.loads(pickle.dumps(doc)),
        lambda doc: doc.copy(),
        from_doc_bin,
    ],
    ids=["bytes", "pickle", "copy", "DocBin"],
)
def test_a_stored_doc_gives_back_every_value_of_the_same_type(doc: Doc, copied: Callable[[Doc], Doc]) -> None:
    before = values(doc)
    assert all(before.values()), "the text must set every extension"
    stored = copied(doc)
    after = values(stored)
    assert after == before
    assert {name: shape(value) for name, value in after.items()} == {n: shape(v) for n, v in before.items()}
    assert spans(stored) == spans(doc)


def test_what_nobody_has_set_stays_unset_in_a_stored_doc(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    stored = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert values(stored) == values(doc) == {name: None if name == "front" else [] for name in EXTENSIONS}


def test_processes_of_spacy_give_the_same(nlp: Language, doc: Doc) -> None:
    texts = [TEXT, "Infliximab treats psoriasis.", "It was warm in May."]
    for alone, piped in zip(map(nlp, texts), nlp.pipe(texts, n_process=2, batch_size=1), strict=True):
        assert values(piped) == values(alone)
        assert spans(piped) == spans(alone)
    [piped] = nlp.pipe([nlp.make_doc(TEXT)], n_process=1)
    assert piped._.relations == doc._.relations


def test_spacy_finds_no_problem_with_the_order_of_the_components(nlp: Language) -> None:
    analysis = nlp.analyze_pipes() or {}
    assert {name: problems for name, problems in analysis["problems"].items() if problems} == {}
    assert analysis["summary"]["mention_finder"]["requires"]


@pytest.fixture
def touched() -> Iterator[tuple[set[str], set[str]]]:
    """The extensions of a Doc that were read and set since the sets were last emptied."""
    read: set[str] = set()
    written: set[str] = set()

    def get(name: str, doc: Doc) -> Any:
        read.add(name)
        return contract._get(name, doc)

    def put(name: str, doc: Doc, new: Any) -> None:
        written.add(name)
        contract._set(name, doc, new)

    for name in EXTENSIONS:
        Doc.set_extension(name, getter=partial(get, name), setter=partial(put, name), force=True)
    yield read, written
    register_extensions()


def extensions_in(attributes: Iterable[str]) -> set[str]:
    named = {name.removeprefix("doc._.") for name in attributes if name.startswith("doc._.")}
    return (named - {"abbreviations"}) | ({"definitions"} if "abbreviations" in named else set())


def test_components_read_and_set_the_extensions_that_they_declare(
    nlp: Language, touched: tuple[set[str], set[str]]
) -> None:
    read, written = touched
    doc = nlp.make_doc(TEXT)
    used_at_all = set()
    for name, pipe in nlp.pipeline:
        read.clear()
        written.clear()
        doc = pipe(doc)
        meta = nlp.get_pipe_meta(name)
        declared = extensions_in(meta.assigns)
        assert written == declared, f"{name} sets {written}"
        if name != "tok2vec":  # spaCy's own factory; our embedding layer in it reads doc._.dictionary
            needed = read - declared - SET_BY_THE_CALLER
            assert needed == extensions_in(meta.requires), f"{name} reads {needed}"
        used_at_all |= read | written
    assert used_at_all == set(EXTENSIONS)


def annotated(doc: Doc) -> dict[str, Any]:
    """What components may assign beside extensions."""
    return {
        "token.is_sent_start": [token.is_sent_start for token in doc],
        "token.tag": [token.tag_ for token in doc],
        "token.dep": [token.dep_ for token in doc],
        "token.head": [token.head.i for token in doc],
        "doc.sents": doc.has_annotation("SENT_START"),
        "doc.tensor": doc.tensor.shape,
        "doc.spans": {head: [(s.start, s.end, s.label_) for s in group] for head, group in doc.spans.items()},
        "doc.ents": [(ent.start, ent.end, ent.label_, ent.kb_id_) for ent in doc.ents],
    }


def test_components_change_nothing_that_they_do_not_declare(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    for name, pipe in nlp.pipeline:
        before = annotated(doc)
        doc = pipe(doc)
        after = annotated(doc)
        changed = {attribute for attribute in before if before[attribute] != after[attribute]}
        assert changed <= set(nlp.get_pipe_meta(name).assigns), f"{name} changes {changed}"


def without(doc: Doc, attribute: str) -> Doc:
    """A copy of a Doc that lacks what an attribute holds."""
    copy = doc.copy()
    if attribute == "doc.ents":
        copy.ents = []
    elif attribute == "doc.spans":
        copy.spans.clear()
    elif attribute == "token.tag":
        for token in copy:
            token.tag_ = ""
    else:
        assert attribute in ("token.dep", "token.head")
        for token in copy:
            token.head, token.dep_ = token, "dep"
    return copy


def without_sentences(doc: Doc) -> Doc:
    """A copy of a Doc with its words, tags and extensions alone."""
    words, spaces = [token.text for token in doc], [bool(token.whitespace_) for token in doc]
    tags = [token.tag_ for token in doc]
    return Doc(doc.vocab, words=words, spaces=spaces, tags=tags, user_data=dict(doc.user_data))


def outcome(doc: Doc) -> tuple[Any, ...]:
    found = annotated(doc)
    return values(doc), found["doc.ents"], found["doc.spans"]


def outcome_without(attribute: str, doc: Doc, pipe: Callable[[Doc], Doc]) -> tuple[Any, ...] | None:
    """What a component makes of a Doc that lacks what an attribute holds; None where it refuses the Doc."""
    try:
        return outcome(pipe(without_sentences(doc) if attribute == "doc.sents" else without(doc, attribute)))
    except ValueError as refusal:
        if attribute != "doc.sents" or "[E030]" not in str(refusal):  # E030: sentence boundaries are not set
            raise
        return None


@pytest.mark.parametrize(
    "name",
    ["peyer_abbreviations", "peyer_entities", "model_reader", "mention_finder", "relation_rules", "article_relations"],
)
def test_what_a_component_requires_makes_a_difference(nlp: Language, name: str) -> None:
    doc = nlp.make_doc(TEXT)
    for other, pipe in nlp.pipeline:
        if other == name:
            break
        doc = pipe(doc)
    pipe = nlp.get_pipe(name)
    whole = outcome(pipe(doc.copy()))
    for attribute in nlp.get_pipe_meta(name).requires:
        if "._." not in attribute:  # those are watched above
            assert outcome_without(attribute, doc, pipe) != whole, f"{name} does not need {attribute}"


def test_every_component_of_ours_has_an_entry_point(nlp: Language) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = project["entry-points"]["spacy_factories"]
    ours = {
        nlp.get_pipe_meta(name).factory for name, pipe in nlp.pipeline if not type(pipe).__module__.startswith("spacy.")
    }
    assert ours | {"peyer_lines"} == set(declared)
    for factory, place in declared.items():
        module, _, function = place.partition(":")
        assert callable(getattr(import_module(module), function)), factory
