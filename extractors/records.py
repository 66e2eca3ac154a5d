"""The records that pass between the parts: frozen, and checked on construction.

All offsets are 0-based, end-exclusive, in characters (Unicode code points) of `Article.text`.
Identifiers are functions of the content alone: the same input gives the same identifiers, whatever
the batch size, the number of workers or the order.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.data import data_file

ADVERSE_EFFECT = "adverse_effect"
"""The subtype of effects that are harm done to a patient; corpora annotate them as diseases."""

ENTITY_SUBTYPES: dict[str, tuple[str, ...]] = {
    "drug": ("small_molecule", "biologic", "drug_class", "microbe", "cell_therapy", "nutrient", "procedure"),
    "target": ("protein", "protein_family", "cell_type", "pathway", "microbiota", "structure"),
    "disease": ("disease",),
    "effect": ("process", "function", "outcome", ADVERSE_EFFECT),
}
"""Entity type -> its subtypes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """What a statement can say of its subject and object; one row of `data/relations/predicates.tsv`.

    `pairs` are the legal (subject type, object type). `direction` is 1 where there is more of the object, -1 where
    there is less, 0 where the predicate does not say. `opposite` is what the loss of the subject does, and
    `when_prevented` what a thing does that keeps the subject from doing it; None where neither is stated.
    `for_disease` is "benefit" or "harm", of a disease or an adverse effect as object. The others are its counterpart in
    the Biolink Model: a CURIE, and qualifiers where it has them.
    """

    name: str
    pairs: frozenset[tuple[str, str]]
    direction: int
    opposite: str | None
    when_prevented: str | None
    for_disease: str | None
    biolink_predicate: str
    qualified_predicate: str | None
    object_aspect_qualifier: str | None
    object_direction_qualifier: str | None


PREDICATES_FILE = data_file("relations/predicates.tsv")


def _read_predicates() -> dict[str, Predicate]:
    with PREDICATES_FILE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
        predicates = {}
        for row in rows:
            said = {column: None if cell == "-" else cell for column, cell in row.items()}
            name, pairs, direction = said.pop("predicate"), said.pop("pairs"), said.pop("direction")
            typed = (pair.split("-") for pair in str(pairs).split())
            predicates[str(name)] = Predicate(
                name=str(name),
                pairs=frozenset((subject, target) for subject, target in typed),
                direction=int(str(direction)),
                **said,  # type: ignore[arg-type]
            )
    return predicates


PREDICATES: dict[str, Predicate] = _read_predicates()
"""Name -> predicate."""

PREDICATE_SIGNATURES: dict[str, frozenset[tuple[str, str]]] = {name: each.pairs for name, each in PREDICATES.items()}
"""Predicate -> the (subject type, object type) pairs it may join."""

SPECIES: dict[str, str] = {
    "human": "NCBITaxon:9606",
    "mouse": "NCBITaxon:10090",
    "rat": "NCBITaxon:10116",
    "rabbit": "NCBITaxon:9986",
    "guinea pig": "NCBITaxon:10141",
    "hamster": "NCBITaxon:10026",
    "dog": "NCBITaxon:9615",
    "cat": "NCBITaxon:9685",
    "pig": "NCBITaxon:9823",
    "sheep": "NCBITaxon:9940",
    "cow": "NCBITaxon:9913",
    "monkey": "NCBITaxon:9443",
    "chicken": "NCBITaxon:9031",
    "zebrafish": "NCBITaxon:7955",
    "fruit fly": "NCBITaxon:7227",
    "roundworm": "NCBITaxon:6239",
}
"""Plain name -> taxon of the NCBI Taxonomy; `monkey` is any primate but human."""

STUDY_SETTINGS = ("in_vitro", "animal", "clinical")
"""Where a statement can have been studied: in cells or cell-free, in living animals, in people."""

UNREAD_SECTION_KINDS = frozenset(
    {"authors", "acknowledgements", "funding", "conflict_of_interest", "references", "metadata"}
)
"""Sections kept in the text, from which nothing is extracted."""

SECTION_KINDS = UNREAD_SECTION_KINDS | frozenset(
    {
        "title",
        "abstract",
        "keywords",
        "introduction",
        "methods",
        "results",
        "discussion",
        "conclusion",
        "body",
    }
)
"""What a section of an article can be; `body` where the text does not say."""

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_PUBLISHED = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def stable_id(*parts: str | int) -> str:
    """Return 16 hexadecimal digits that depend on `parts` alone (BLAKE2b).

    >>> stable_id("article", 3) == stable_id("article", "3")
    True
    """
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=8).hexdigest()


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A stretch of an article under one heading.

    `start_char` to `end_char` covers the heading too: where `heading` is given, the section's text begins
    with it. `section_no` counts from 0 in reading order.
    """

    section_no: int
    kind: str
    heading: str | None
    start_char: int
    end_char: int

    def __post_init__(self) -> None:
        _require(
            self.kind in SECTION_KINDS,
            f"section kind is {self.kind!r}; expected one of {', '.join(sorted(SECTION_KINDS))}",
        )
        _require(0 <= self.start_char < self.end_char, f"section offsets {self.start_char}:{self.end_char}")

    @property
    def is_read(self) -> bool:
        """Whether anything is extracted from this section."""
        return self.kind not in UNREAD_SECTION_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One document, cleaned for reading: lines unwrapped, markup turned into characters.

    `text` holds everything, the title first where there is one; paragraphs are separated by a blank line.
    `sections` are in order, do not overlap and cover every non-blank character of `text`. `published` is an
    ISO 8601 date of the precision the source gives: "2025", "2025-11" or "2025-11-29". `content_sha256` is
    the hash of the bytes as they came, before any cleaning.
    """

    article_id: str
    text: str
    sections: tuple[Section, ...]
    source_uri: str
    source_format: str
    content_sha256: str
    title: str | None = None
    journal: str | None = None
    published: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    licence: str | None = None
    article_type: str | None = None
    is_retracted: bool = False

    def __post_init__(self) -> None:
        _require(bool(self.article_id), "an article needs an article_id")
        _require(bool(self.text.strip()), f"article {self.article_id!r} has no text")
        _require(
            not _SURROGATE.search(self.text),
            f"article {self.article_id!r} holds half a surrogate pair, which is no character; decode it as UTF-8",
        )
        _require(
            self.published is None or bool(_PUBLISHED.fullmatch(self.published)),
            f"published is {self.published!r}; expected YYYY, YYYY-MM or YYYY-MM-DD",
        )
        end = 0
        for number, section in enumerate(self.sections):
            _require(section.section_no == number, f"section {section.section_no} stands at place {number}")
            _require(not self.text[end : section.start_char].strip(), f"text before section {number} is in none")
            _require(end <= section.start_char, f"section {number} overlaps the one before")
            _require(section.end_char <= len(self.text), f"section {number} ends beyond the text")
            if section.heading is not None:
                _require(
                    self.text.startswith(section.heading, section.start_char),
                    f"section {number} does not begin with its heading {section.heading!r}",
                )
            end = section.end_char
        _require(not self.text[end:].strip(), "text after the last section is in none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence or heading of an article; `sentence_no` counts from 0 through the whole article."""

    article_id: str
    section_no: int
    sentence_no: int
    start_char: int
    end_char: int
    text: str

    def __post_init__(self) -> None:
        _require(len(self.text) == self.end_char - self.start_char, f"sentence text and offsets differ: {self!r}")

    @property
    def sentence_id(self) -> str:
        """Identifier within the warehouse."""
        return stable_id("sentence", self.article_id, self.start_char, self.end_char)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of text that names a drug, target, disease or effect.

    `concept_id` is a CURIE, or None where the name is not grounded; `grounding_method` says how it was found
    (or why not), `grounding_score` is between 0 and 1. `detector` says which part of the pipeline found it.
    """

    article_id: str
    sentence_id: str
    start_char: int
    end_char: int
    text: str
    entity_type: str
    subtype: str | None
    concept_id: str | None
    grounding_method: str
    grounding_score: float | None
    detector: str

    def __post_init__(self) -> None:
        _require(len(self.text) == self.end_char - self.start_char, f"mention text and offsets differ: {self!r}")
        _require(self.entity_type in ENTITY_SUBTYPES, f"entity type is {self.entity_type!r}")
        _require(
            self.subtype is None or self.subtype in ENTITY_SUBTYPES[self.entity_type],
            f"{self.subtype!r} is no subtype of {self.entity_type}",
        )

    @property
    def mention_id(self) -> str:
        """Identifier within the warehouse."""
        return stable_id("mention", self.article_id, self.start_char, self.end_char, self.entity_type)


@dataclass(frozen=True, slots=True)
class Synonym:
    """Another name of a concept, and what kind of name it is (see `vocabulary.entry.NameKind`)."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Ancestor:
    """A concept above another one, so many steps away; 0: the concept itself."""

    concept_id: str
    name: str
    distance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """What a mention means: a CURIE, its preferred name, and the vocabulary it comes from.

    `xrefs` are the same concept's CURIEs in other vocabularies, `parents` the CURIEs of the concepts right above it,
    `ancestors` all above it and the concept itself.
    """

    concept_id: str
    entity_type: str
    subtype: str | None
    name: str
    vocabulary: str
    vocabulary_version: str | None = None
    synonyms: tuple[Synonym, ...] = ()
    xrefs: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    ancestors: tuple[Ancestor, ...] = ()

    def __post_init__(self) -> None:
        _require(":" in self.concept_id, f"concept_id {self.concept_id!r} is not a CURIE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One statement of one sentence: subject mention, predicate, object mention.

    `sentence_id` is the sentence that states it (where an anaphor reaches back, that of the trigger). `score` is the
    probability that it says so (`relations/judging/confidence.py`); `method` names the rule. `species` and
    `study_setting` say where it was studied; None: the text does not say.
    """

    article_id: str
    sentence_id: str
    subject: Mention
    predicate: str
    object: Mention
    is_negated: bool
    is_hedged: bool
    score: float
    method: str
    species: str | None = None
    study_setting: str | None = None

    def __post_init__(self) -> None:
        signature = PREDICATE_SIGNATURES.get(self.predicate)
        _require(
            signature is not None,
            f"predicate is {self.predicate!r}; expected one of {', '.join(sorted(PREDICATE_SIGNATURES))}",
        )
        pair = (self.subject.entity_type, self.object.entity_type)
        _require(pair in (signature or ()), f"{self.predicate} does not join {pair[0]} to {pair[1]}")
        _require(0.0 <= self.score <= 1.0, f"score is {self.score}")
        _require(
            self.species is None or self.species in SPECIES,
            f"species is {self.species!r}; expected None or one of {', '.join(SPECIES)}",
        )
        _require(
            self.study_setting is None or self.study_setting in STUDY_SETTINGS,
            f"study_setting is {self.study_setting!r}; expected None or one of {', '.join(STUDY_SETTINGS)}",
        )

    @property
    def relation_id(self) -> str:
        """Identifier within the warehouse."""
        return stable_id("relation", self.sentence_id, self.subject.mention_id, self.predicate, self.object.mention_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRelation:
    """What title and abstract of an article relate as a whole, in a classifier's opinion.

    `subject` and `object` are the mentions that say most of it; they may stand in different sentences. `score` is the
    probability that a reader would say so too; `method` names the classifier.
    """

    article_id: str
    subject: Mention
    predicate: str
    object: Mention
    score: float
    method: str

    def __post_init__(self) -> None:
        pair = (self.subject.entity_type, self.object.entity_type)
        signature = PREDICATE_SIGNATURES.get(self.predicate, ())
        _require(pair in signature, f"{self.predicate} does not join {pair[0]} to {pair[1]}")
        _require(0.0 <= self.score <= 1.0, f"score is {self.score}")

    @property
    def article_relation_id(self) -> str:
        """Identifier within the warehouse."""
        return stable_id(
            "article_relation", self.article_id, self.subject.mention_id, self.predicate, self.object.mention_id
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An input that could not be read or extracted, with a reason that says what to do.

    `stage` is find, read or extract; `error` a short stable name such as "not_utf8". `content_sha256` is
    None where the bytes could not be read.
    """

    source_uri: str
    stage: str
    error: str
    message: str
    content_sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that one article gave. `extractor_version` stamps code, model, vocabulary and rules together."""

    article: Article
    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    relations: Sequence[Relation]
    concepts: Sequence[Concept]
    extractor_version: str
    article_relations: Sequence[ArticleRelation] = ()
