from __future__ import annotations

import json
import socket
from pathlib import Path

import joblib
import nmslib
import numpy as np
import pytest
from scispacy import file_cache
from scispacy.candidate_generation import DEFAULT_PATHS, LinkerPaths
from scispacy.linking_utils import Entity, KnowledgeBase, Mesh, UmlsKnowledgeBase
from sklearn.feature_extraction.text import TfidfVectorizer

from extractors.extract import extract, linked
from extractors.linking.scispacy_linker import SEMANTIC_TYPES, Linker, LinkerError
from extractors.records import ENTITY_SUBTYPES, Article, Extraction, Section, Synonym

pytestmark = pytest.mark.slow  # scikit-learn takes seconds to load

CONCEPTS = [
    Entity("C0004096", "Asthma", ["bronchial asthma"], ["T047"]),
    Entity("C0009324", "Ulcerative Colitis", ["colitis ulcerosa"], ["T047"]),
    Entity("C0666743", "infliximab", ["Remicade"], ["T116", "T121"]),
    Entity("C1122087", "adalimumab", ["Humira"], ["T116", "T121"]),
    Entity("C0025677", "methotrexate", ["amethopterin"], ["T109", "T121"]),
    Entity("C1456820", "tumor necrosis factor", ["TNF-alpha"], ["T116", "T129"]),
    Entity("C0324789", "Dostarlis", ["dostarlimb bird"], ["T012"]),
    Entity("C0039194", "T-Lymphocyte", ["T cell"], ["T025"]),
    Entity("C0162638", "Apoptosis", ["programmed cell death"], ["T043"]),
    Entity("C9999999", "Untyped Thing", [], []),
]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(file_cache, "DATASET_CACHE", str(tmp_path))
    return tmp_path


def fill(folder: Path, linker: str, address: str, concepts: list[Entity]) -> None:
    """Write concepts and their index where scispaCy keeps those of a linker, in its own formats."""
    paths = LinkerPaths(
        *(str(folder / file_cache.url_to_filename(each, etag="version")) for each in DEFAULT_PATHS[linker])
    )
    lines = "".join(json.dumps(concept._asdict()) + "\n" for concept in concepts)
    (folder / file_cache.url_to_filename(address, etag="version")).write_text(lines, encoding="utf-8")
    aliases = list(KnowledgeBase(concepts).alias_to_cuis)
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), dtype=np.float32)
    vectors = vectorizer.fit_transform(aliases)
    index = nmslib.init(method="hnsw", space="cosinesimil_sparse", data_type=nmslib.DataType.SPARSE_VECTOR)
    index.addDataPointBatch(vectors)
    index.createIndex({"post": 0})
    index.saveIndex(paths.ann_index)
    joblib.dump(vectorizer, paths.tfidf_vectorizer)
    np.savez(
        paths.tfidf_vectors,
        data=vectors.data.astype(np.float16),
        indices=vectors.indices,
        indptr=vectors.indptr,
        shape=vectors.shape,
        format=b"csr",
    )
    Path(paths.concept_aliases_list).write_text(json.dumps(aliases), encoding="utf-8")


def default_address(knowledge_base: type[KnowledgeBase]) -> str:
    return str(knowledge_base.__init__.__defaults__[0])


@pytest.fixture
def umls(cache: Path) -> Linker:
    fill(cache, "umls", default_address(UmlsKnowledgeBase), CONCEPTS)
    return Linker("umls")


@pytest.mark.parametrize(
    ("text", "entity_type", "expected"),
    [
        ("Asthma", "disease", "UMLS:C0004096"),
        ("ulcerative colitis", "disease", "UMLS:C0009324"),
        ("Remicade", "drug", "UMLS:C0666743"),
        ("methotrexat", "drug", "UMLS:C0025677"),
        ("TNF-alpha", "target", "UMLS:C1456820"),
    ],
)
def test_name_gets_the_concept(umls: Linker, text: str, entity_type: str, expected: str) -> None:
    [linked] = umls.link([text], [entity_type])
    assert linked.concept is not None
    assert (linked.concept.concept_id, linked.concept.entity_type, linked.reason) == (expected, entity_type, None)
    assert 0.85 <= linked.score <= 1.0


@pytest.mark.parametrize(
    ("text", "entity_type", "reason"),
    [
        ("Dostarlimab", "drug", "below_threshold"),
        ("Dostarlis", "drug", "other_type"),
        ("asthma", "drug", "other_type"),
        ("infliximab", "target", "other_type"),
        ("untyped thing", "drug", "other_type"),
        ("qqqq", "drug", "no_candidate"),
        ("", "drug", "no_candidate"),
    ],
)
def test_name_stays_ungrounded_with_its_reason(umls: Linker, text: str, entity_type: str, reason: str) -> None:
    [linked] = umls.link([text], [entity_type])
    assert (linked.concept, linked.reason) == (None, reason)


def test_a_bird_is_no_drug_even_without_a_floor(cache: Path) -> None:
    fill(cache, "umls", default_address(UmlsKnowledgeBase), CONCEPTS)
    [linked] = Linker("umls", floor=0.5).link(["Dostarlimb"], ["drug"])
    assert (linked.concept, linked.reason) == (None, "other_type")
    assert linked.score > 0.5


def test_names_keep_their_order(umls: Linker) -> None:
    linked = umls.link(["Humira", "qqqq", "T cell"], ["drug", "drug", "target"])
    found = [each.concept.name if each.concept else None for each in linked]
    assert found == ["adalimumab", None, "T-Lymphocyte"]
    assert umls.link([], []) == []


def test_record_has_names_and_subtype(umls: Linker) -> None:
    [linked] = umls.link(["infliximab"], ["drug"])
    assert linked.concept is not None
    assert linked.concept.subtype == "biologic"
    assert linked.concept.vocabulary == "UMLS"
    assert linked.concept.synonyms == (Synonym("Remicade", "exact"),)


def test_each_knowledge_base_has_its_prefix(cache: Path) -> None:
    concepts = [Entity("D001249", "Asthma", [], ["T047"]), Entity("C0009324", "Ulcerative Colitis", [], ["T047"])]
    fill(cache, "mesh", default_address(Mesh), concepts)
    found = Linker("mesh").link(["asthma", "ulcerative colitis"], ["disease", "disease"])
    assert [each.concept and each.concept.concept_id for each in found] == ["MESH:D001249", "UMLS:C0009324"]


def test_absent_data_are_named_and_not_fetched(cache: Path) -> None:
    with pytest.raises(LinkerError, match=r"lacks nmslib_index\.bin, .*umls_mesh_2022\.jsonl; let scispaCy fetch") as e:
        Linker("mesh")
    assert str(cache) in str(e.value)
    assert list(cache.iterdir()) == []


def test_only_what_is_missing_is_named(cache: Path) -> None:
    fill(cache, "mesh", default_address(Mesh), CONCEPTS)
    next(cache.glob("*concept_aliases.json")).unlink()
    with pytest.raises(LinkerError, match=r"lacks concept_aliases\.json; let"):
        Linker("mesh")


def test_unknown_linker_is_refused() -> None:
    with pytest.raises(LinkerError, match="linker is 'snomed'; expected one of umls, mesh, go, hpo, rxnorm"):
        Linker("snomed")


def test_semantic_types_are_of_our_types() -> None:
    rows = [line.split("\t") for line in SEMANTIC_TYPES.read_text(encoding="utf-8").splitlines()[1:]]
    assert len({(semantic_type, entity_type) for semantic_type, _, entity_type, _ in rows}) == len(rows)
    for _, _, entity_type, subtype in rows:
        assert subtype in ENTITY_SUBTYPES[entity_type]


@pytest.mark.model
def test_an_extraction_is_grounded_by_a_linker_and_stays_whole(umls: Linker) -> None:
    text = "Infliximab is used in ulcerative colitis (UC). In UC, infliximab may be replaced by zyxomab."
    article = Article(
        article_id="a",
        text=text,
        sections=(Section(section_no=0, kind="body", heading=None, start_char=0, end_char=len(text)),),
        source_uri="file:a",
        source_format="text",
        content_sha256="0" * 64,
    )
    [extraction] = extract([article])
    assert isinstance(extraction, Extraction)
    found = linked(extraction, umls, {"UC": "ulcerative colitis"})
    grounded = [(m.text, m.concept_id, m.grounding_method) for m in found.mentions]
    assert grounded == [
        ("Infliximab", "UMLS:C0666743", "linker_umls"),
        ("ulcerative colitis", "UMLS:C0009324", "linker_umls"),
        ("UC", "UMLS:C0009324", "linker_umls"),
        ("UC", "UMLS:C0009324", "linker_umls"),
        ("infliximab", "UMLS:C0666743", "linker_umls"),
        ("zyxomab", None, "below_threshold"),
    ]
    assert {c.concept_id for c in found.concepts} == {"UMLS:C0666743", "UMLS:C0009324"}
    assert all(r.subject in found.mentions and r.object in found.mentions for r in found.relations)
    assert len(found.relations) == len(extraction.relations) > 0
