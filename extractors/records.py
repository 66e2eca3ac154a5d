"""The records that pass between the parts: frozen, and checked on construction.

All offsets are 0-based and end-exclusive, in characters (Unicode code points) of `Article.text`. Identifiers depend on
the content alone: the same input gives the same identifiers, whatever the batch size, the number of workers or the
order.
"""

from __future__ import annotations

import csv
import hashlib
import itertools
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


PROTEINS = frozenset({"protein", "protein_family"})
"""Subtypes of targets that are a gene, its product, or a family or complex of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """The relation between subject and object that a statement asserts; one row of `data/relations/predicates.tsv`.

    `pairs` are the legal (subject type, object type). `direction` is 1 if the predicate says that there is more of the
    object, -1 if there is less, 0 if neither. `opposite` is the predicate of the loss of the subject, `when_prevented`
    that of something that keeps the subject from acting; each is None if nothing follows. `for_disease` is "benefit" or
    "harm" if the object is a disease or adverse effect, or None. The other fields are the counterpart in the Biolink
    Model: a CURIE, and qualifiers if it has any.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect:
    """What of a named thing a phrase is about ("TNF secretion": secretion); one row of `data/entities/aspects.tsv`.

    `of` are the entity types of things that have it. `biolink_qualifier` and `biolink_value` are how the Biolink Model
    says it, None if it has no word for it.
    """

    name: str
    of: frozenset[str]
    meaning: str
    biolink_qualifier: str | None
    biolink_value: str | None


ASPECTS_FILE = data_file("entities/aspects.tsv")


def _read_aspects() -> dict[str, Aspect]:
    with ASPECTS_FILE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
        return {
            row["aspect"]: Aspect(
                name=row["aspect"],
                of=frozenset(row["of"].split()),
                meaning=row["meaning"],
                biolink_qualifier=None if row["biolink_qualifier"] == "-" else row["biolink_qualifier"],
                biolink_value=None if row["biolink_value"] == "-" else row["biolink_value"],
            )
            for row in rows
        }


ASPECTS: dict[str, Aspect] = _read_aspects()
"""Name -> aspect; a closed list."""

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
"""Plain name -> taxon of the NCBI Taxonomy; `monkey` is any primate except human."""

STUDY_SETTINGS = ("in_vitro", "animal", "clinical")
"""Where a statement was studied: in cells or cell-free, in living animals, in people."""

UNREAD_SECTION_KINDS = frozenset(
    {"authors", "acknowledgements", "funding", "conflict_of_interest", "references", "metadata"}
)
"""Kinds of sections that are kept in the text but not extracted from."""

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
"""Kinds of sections; `body` if the text does not say."""

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

    `start_char` to `end_char` includes the heading: if `heading` is given, the text of the section begins with it.
    `section_no` counts from 0 in reading order.
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

    `text` holds everything, the title (if any) first; paragraphs are separated by a blank line. `sections` are in
    order, do not overlap and cover every non-blank character of `text`. `published` is an ISO 8601 date in the
    precision of the source: "2025", "2025-11" or "2025-11-29". `content_sha256` is the hash of the original bytes,
    before any cleaning.
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

    `concept_id` is a CURIE, or None if the name is not grounded. `grounding_method` says how the concept was found, or
    why none was; `grounding_score` is between 0 and 1, or None. `detector` names the part of the pipeline that found
    the mention. `also_type` is a second entity type in which it may take part in a statement, or None.

    A phrase may hold names: in "TNF secretion", TNF is a mention whose `within_mention_id` is the `mention_id` of the
    phrase, and the `aspect` of the phrase is secretion (one of `ASPECTS`). The names within a phrase share no
    characters unless one is itself within the other.
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
    within_mention_id: str | None = None
    aspect: str | None = None
    also_type: str | None = None

    def __post_init__(self) -> None:
        _require(len(self.text) == self.end_char - self.start_char, f"mention text and offsets differ: {self!r}")
        _require(self.entity_type in ENTITY_SUBTYPES, f"entity type is {self.entity_type!r}")
        _require(
            self.subtype is None or self.subtype in ENTITY_SUBTYPES[self.entity_type],
            f"{self.subtype!r} is no subtype of {self.entity_type}",
        )
        _require(self.aspect is None or self.aspect in ASPECTS, f"aspect is {self.aspect!r}")
        _require(
            self.also_type is None or (self.also_type in ENTITY_SUBTYPES and self.also_type != self.entity_type),
            f"also_type is {self.also_type!r}, entity_type {self.entity_type!r}",
        )

    @property
    def mention_id(self) -> str:
        """Identifier within the warehouse."""
        return stable_id("mention", self.article_id, self.start_char, self.end_char, self.entity_type)

    @property
    def entity_types(self) -> tuple[str, ...]:
        """The types in which it may take part in a statement, its own first."""
        return (self.entity_type,) if self.also_type is None else (self.entity_type, self.also_type)


def places_within(mentions: Sequence[Mention]) -> dict[str, int]:
    """Return mention_id of each name within a phrase -> its place among the names directly within it, from 0."""
    in_order = sorted(mentions, key=lambda mention: (mention.start_char, -mention.end_char))
    counts: dict[str, int] = {}
    places = {}
    for mention in in_order:
        if mention.within_mention_id is not None:
            places[mention.mention_id] = counts.get(mention.within_mention_id, 0)
            counts[mention.within_mention_id] = places[mention.mention_id] + 1
    return places


@dataclass(frozen=True, slots=True)
class Synonym:
    """Another name of a concept, and its kind (see `linking.vocabulary.entry.NameKind`)."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Ancestor:
    """A concept above another one, and how many steps above it; 0 is the concept itself."""

    concept_id: str
    name: str
    distance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """What a mention means: a CURIE, its preferred name, and the vocabulary it comes from.

    `xrefs` are CURIEs of the same concept in other vocabularies, `parents` the CURIEs of the concepts directly above
    it, `ancestors` all concepts above it and the concept itself.
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


def legal_pair(predicate: str, subject: Mention, object_: Mention) -> tuple[str, str] | None:
    """Return the first pair of types of two mentions, their own before the second ones, that a predicate joins."""
    pairs = itertools.product(subject.entity_types, object_.entity_types)
    return next((pair for pair in pairs if pair in PREDICATE_SIGNATURES.get(predicate, ())), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One statement of one sentence: subject mention, predicate, object mention.

    `sentence_id` is the sentence that states it; if an anaphor refers to the sentence before, the one with the trigger.
    `score` is the probability that the sentence states it (`relations/statement_reader/`); `method` names the rule
    or classifier. `species` and `study_setting` say where it was studied, None if the text does not say.
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
        pair = legal_pair(self.predicate, self.subject, self.object)
        own = f"{self.subject.entity_type} to {self.object.entity_type}"
        _require(pair is not None, f"{self.predicate} does not join {own}")
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
    def types(self) -> tuple[str, str]:
        """The types in which subject and object take part: their own if these are legal, else a second one."""
        pair = legal_pair(self.predicate, self.subject, self.object)
        assert pair is not None, "a relation of illegal types cannot be made"
        return pair

    @property
    def relation_id(self) -> str:
        """Identifier within the warehouse."""
        return stable_id("relation", self.sentence_id, self.subject.mention_id, self.predicate, self.object.mention_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRelation:
    """A relation that a classifier finds in title and abstract of an article as a whole.

    `subject` and `object` are the mentions that support it best; they may be in different sentences. `score` is the
    probability that a reader of the abstract would agree; `method` names the classifier.
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

    `stage` is find, read or extract; `error` is a short stable name such as "not_utf8". `content_sha256` is None if the
    bytes could not be read.
    """

    source_uri: str
    stage: str
    error: str
    message: str
    content_sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything that was extracted from one article. `extractor_version` covers code, model, vocabulary and rules."""

    article: Article
    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    relations: Sequence[Relation]
    concepts: Sequence[Concept]
    extractor_version: str
    article_relations: Sequence[ArticleRelation] = ()
