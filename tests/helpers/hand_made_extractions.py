"""Small extractions made by hand, and a run that publishes them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extractors.records import (
    Ancestor,
    Article,
    ArticleRelation,
    Concept,
    Extraction,
    Mention,
    Relation,
    Section,
    Sentence,
    Synonym,
)
from warehouse.load import load_batch
from warehouse.publish import open_staging
from warehouse.runs import ArticleCounts, Versions, begin_run, finish_run

VERSIONS = Versions(
    code_version="1.0",
    model_version="2.0",
    vocabulary_version="3.0",
    rules_version="4.0",
    extractor_version="v1",
)
NO_COUNTS = ArticleCounts(new=0, changed=0, unchanged=0, failed=0)


@dataclass(frozen=True, kw_only=True)
class Name:
    """A name as printed, and what it means. A phrase holds the names `within` it, by its `aspect`."""

    text: str
    entity_type: str
    concept_id: str | None = None
    subtype: str | None = None
    aspect: str | None = None
    also_type: str | None = None
    within: tuple[Name, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A sentence that names two things, and what it says of them (predicate None: nothing)."""

    text: str
    subject: Name
    object: Name
    predicate: str | None
    is_negated: bool = False
    is_hedged: bool = False
    score: float = 0.9
    species: str | None = None
    study_setting: str | None = None


CONCEPTS = {
    concept.concept_id: concept
    for concept in (
        Concept(
            concept_id="CHEBI:1",
            entity_type="drug",
            subtype="small_molecule",
            name="tofacitinib",
            vocabulary="CHEBI",
            synonyms=(Synonym("CP-690550", "exact"), Synonym("Xeljanz", "brand")),
            xrefs=("MESH:1",),
            parents=("MESH:2",),
            ancestors=(
                Ancestor("CHEBI:1", "tofacitinib", 0),
                Ancestor("MESH:2", "Janus kinase inhibitors", 1),
                Ancestor("MESH:3", "enzyme inhibitors", 2),
            ),
        ),
        Concept(
            concept_id="HGNC:3",
            entity_type="target",
            subtype="protein",
            name="JAK3",
            vocabulary="HGNC",
            vocabulary_version="2026-10",
            ancestors=(Ancestor("HGNC:3", "JAK3", 0),),
        ),
        Concept(
            concept_id="HGNC:11364",
            entity_type="target",
            subtype="protein",
            name="STAT3",
            vocabulary="HGNC",
            ancestors=(Ancestor("HGNC:11364", "STAT3", 0),),
        ),
        Concept(
            concept_id="DOID:7148",
            entity_type="disease",
            subtype="disease",
            name="rheumatoid arthritis",
            vocabulary="DOID",
            synonyms=(Synonym("RA", "abbreviation"),),
            ancestors=(Ancestor("DOID:7148", "rheumatoid arthritis", 0),),
        ),
        Concept(
            concept_id="OAE:2",
            entity_type="effect",
            subtype="adverse_effect",
            name="nausea",
            vocabulary="OAE",
            ancestors=(Ancestor("OAE:2", "nausea", 0),),
        ),
    )
}

TOFACITINIB = Name(text="Tofacitinib", entity_type="drug", concept_id="CHEBI:1")
JAK3 = Name(text="JAK3", entity_type="target", concept_id="HGNC:3")
ARTHRITIS = Name(text="rheumatoid arthritis", entity_type="disease", concept_id="DOID:7148")
NAUSEA = Name(text="nausea", entity_type="effect", concept_id="OAE:2", subtype="adverse_effect")
STAT3 = Name(text="STAT3", entity_type="target", concept_id="HGNC:11364")
PHOSPHORYLATION = Name(text="STAT3 phosphorylation", entity_type="effect", aspect="modification", within=(STAT3,))
PROGRESSION = Name(
    text="progression of rheumatoid arthritis", entity_type="effect", aspect="progression", within=(ARTHRITIS,)
)
EXPRESSION = Name(
    text="expression of JAK3 and STAT3",
    entity_type="effect",
    aspect="expression",
    within=(STAT3, JAK3),  # not in reading order
)
INHIBITS = Statement(text="Tofacitinib inhibits JAK3.", subject=TOFACITINIB, predicate="inhibits", object=JAK3)
TREATS = Statement(
    text="Tofacitinib relieves rheumatoid arthritis.",
    subject=TOFACITINIB,
    predicate="treats",
    object=ARTHRITIS,
)
DECREASES = Statement(
    text="Tofacitinib decreases STAT3 phosphorylation.",
    subject=TOFACITINIB,
    predicate="decreases",
    object=PHOSPHORYLATION,
)


def make_extraction(
    article_id: str = "a1",
    statements: tuple[Statement, ...] = (INHIBITS, TREATS),
    *,
    title: str = "On β‐blockers 😀 and more",
    published: str | None = "2025-11",
    is_retracted: bool = False,
    extractor_version: str = "v1",
    source_uri: str | None = None,
    section_kind: str = "abstract",
    article_type: str | None = None,
    suspects: tuple[tuple[Name, Name, float], ...] = (),
) -> Extraction:
    """Return an article with a title, an abstract (or another section) of these sentences and a reference list.

    `suspects` are pairs of names in the sentences that the article as a whole relates, with their score.
    """
    abstract = " ".join(statement.text for statement in statements)
    references = "References\n1. Nobody."
    text = f"{title}\n\n{abstract}\n\n{references}"
    abstract_start = len(title) + 2
    references_start = abstract_start + len(abstract) + 2
    article = Article(
        article_id=article_id,
        title=title,
        text=text,
        sections=(
            Section(section_no=0, kind="title", heading=None, start_char=0, end_char=len(title)),
            Section(
                section_no=1,
                kind=section_kind,
                heading=None,
                start_char=abstract_start,
                end_char=references_start - 2,
            ),
            Section(
                section_no=2,
                kind="references",
                heading="References",
                start_char=references_start,
                end_char=len(text),
            ),
        ),
        published=published,
        article_type=article_type,
        is_retracted=is_retracted,
        source_uri=source_uri or f"{article_id}.txt",
        source_format="text",
        content_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    sentences = [_sentence(article, 0, 0, 0, title)]
    mentions: dict[str, Mention] = {}
    relations = []
    start = abstract_start
    for number, statement in enumerate(statements, start=1):
        sentence = _sentence(article, 1, number, start, statement.text)
        subjects, objects = (list(_mentions(sentence, name)) for name in (statement.subject, statement.object))
        subject, object_ = subjects[0], objects[0]
        sentences.append(sentence)
        mentions |= {mention.mention_id: mention for mention in (*subjects, *objects)}
        if statement.predicate:
            relations.append(_relation(sentence, subject, object_, statement))
        start += len(statement.text) + 1
    meant = sorted({mention.concept_id for mention in mentions.values() if mention.concept_id})
    return Extraction(
        article=article,
        sentences=sentences,
        mentions=list(mentions.values()),
        relations=relations,
        concepts=[CONCEPTS[concept_id] for concept_id in meant],
        extractor_version=extractor_version,
        article_relations=[
            ArticleRelation(
                article_id=article_id,
                subject=_named(mentions.values(), subject),
                predicate="causes",
                object=_named(mentions.values(), object_),
                score=score,
                method="by-hand",
            )
            for subject, object_, score in suspects
        ],
    )


def _named(mentions: Iterable[Mention], name: Name) -> Mention:
    return next(mention for mention in mentions if mention.text == name.text)


def _sentence(article: Article, section_no: int, sentence_no: int, start: int, text: str) -> Sentence:
    return Sentence(
        article_id=article.article_id,
        section_no=section_no,
        sentence_no=sentence_no,
        start_char=start,
        end_char=start + len(text),
        text=text,
    )


def _mentions(sentence: Sentence, name: Name, phrase: Mention | None = None) -> Iterator[Mention]:
    """Yield the mention of a name, and those of the names within it."""
    after = 0 if phrase is None else phrase.start_char - sentence.start_char
    start = sentence.start_char + sentence.text.index(name.text, after)
    mention = Mention(
        article_id=sentence.article_id,
        sentence_id=sentence.sentence_id,
        start_char=start,
        end_char=start + len(name.text),
        text=name.text,
        entity_type=name.entity_type,
        subtype=name.subtype,
        concept_id=name.concept_id,
        grounding_method="exact" if name.concept_id else "no_candidate",
        grounding_score=1.0 if name.concept_id else None,
        detector="vocabulary",
        within_mention_id=None if phrase is None else phrase.mention_id,
        aspect=name.aspect,
        also_type=name.also_type,
    )
    yield mention
    for inner in name.within:
        yield from _mentions(sentence, inner, mention)


def _relation(sentence: Sentence, subject: Mention, object_: Mention, statement: Statement) -> Relation:
    assert statement.predicate
    return Relation(
        article_id=sentence.article_id,
        sentence_id=sentence.sentence_id,
        subject=subject,
        predicate=statement.predicate,
        object=object_,
        is_negated=statement.is_negated,
        is_hedged=statement.is_hedged,
        score=statement.score,
        method="by-hand",
        species=statement.species,
        study_setting=statement.study_setting,
    )


def publish_run(path: Path, *extractions: Extraction, versions: Versions = VERSIONS) -> str:
    """Load these articles in one run, publish, and return the run's id."""
    with open_staging(path) as staging:
        run_id = begin_run(staging.con, versions)
        load_batch(staging.con, run_id, extractions)
        finish_run(staging.con, run_id, ArticleCounts(new=len(extractions), changed=0, unchanged=0, failed=0))
        staging.publish()
    return run_id
