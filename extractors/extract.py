"""Articles in, records out. Only this module turns spaCy objects into records."""

from __future__ import annotations

import traceback
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Span

from extractors.annotations import READER, FoundMention, Region, is_read
from extractors.language.abbreviations import long_forms
from extractors.linking.vocabulary.lookup import Vocabulary, vocabulary_of
from extractors.options import DEFAULTS, ExtractorOptions
from extractors.pipeline import load_pipeline
from extractors.readers.verbatim import VERBATIM_FORMATS, VerbatimText, read_verbatim
from extractors.records import (
    Ancestor,
    Article,
    ArticleRelation,
    Concept,
    Extraction,
    Failure,
    Mention,
    Relation,
    Sentence,
)
from extractors.relations.assertion.study_context import (
    ReadSentence,
    StudyContext,
    article_evidence,
    context_of,
    reports_own_work,
)
from extractors.relations.document_level import METHOD
from extractors.relations.extractor import RelationExtractor
from extractors.relations.judging.explanation import Explanation, explanation
from extractors.version import extractor_version

if TYPE_CHECKING:
    from extractors.linking.scispacy_linker import Linker

_NO_STATEMENTS = frozenset({"keywords"})
MAX_CHARACTERS = 400_000
LONGEST_ABSTRACT = 5_000
"""Characters of the longest text without an abstract that is read as one."""


def extract(articles: Iterable[Article], options: ExtractorOptions = DEFAULTS) -> Iterator[Extraction | Failure]:
    """Yield the extraction of each article, in order, or a Failure with the reason why there is none.

    Raises OptionError if the user's vocabulary is malformed or the data of the linker are missing.
    """
    nlp = load_pipeline(options)
    version = extractor_version(options)
    linker = _linker(options.linker) if options.linker else None
    vocabulary = vocabulary_of(nlp)
    for article in articles:
        if len(article.text) > MAX_CHARACTERS:
            yield _failure(
                article,
                "too_long",
                f"{len(article.text):,} characters; at most {MAX_CHARACTERS:,} are read. Split it.",
            )
            continue
        try:
            is_verbatim = article.source_format in VERBATIM_FORMATS
            read = read_verbatim(article.text) if is_verbatim else VerbatimText(article.text)
            doc = nlp.make_doc(read.text)
            doc._.regions = tuple(
                region._replace(start_char=read.position(region.start_char), end_char=read.position(region.end_char))
                for region in regions(article)
            )
            doc._.front = [(read.position(start), read.position(end)) for start, end in front(article)]
            doc = nlp(doc)
            extraction = _records(article, doc, read, vocabulary, version)
            if linker is not None:
                extraction = linked(extraction, linker, {short: long.text for short, long in long_forms(doc).items()})
            yield extraction
        except Exception as error:  # one article must not stop the others; its failure keeps the reason
            last = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{last.filename.rsplit('/', 1)[-1]}:{last.lineno}"
            yield _failure(article, type(error).__name__, f"extraction broke at {place}: {error}")


def explain(text: str, options: ExtractorOptions = DEFAULTS) -> list[Explanation]:
    """Return how each sentence of a text is read, in order: names, triggers, decisions, statements.

    Raises OptionError like `extract`.
    """
    nlp = load_pipeline(options)
    relations: RelationExtractor = nlp.get_pipe("relation_rules")  # type: ignore[assignment]
    vocabulary = vocabulary_of(nlp)
    return [explanation(each, vocabulary) for each in relations.explained(nlp(text))]


@cache
def _linker(name: str) -> Linker:
    from extractors.linking.scispacy_linker import Linker  # loads nmslib and scikit-learn

    return Linker(name)


def linked(extraction: Extraction, linker: Linker, defined: Mapping[str, str]) -> Extraction:
    """Return the extraction with its mentions grounded by a linker, in place of the bundled vocabulary.

    Abbreviations that the article defines are linked by their long form in `defined`.
    """
    mentions = extraction.mentions
    names = [defined.get(mention.text, mention.text) for mention in mentions]
    found = linker.link(names, [mention.entity_type for mention in mentions])
    concepts: dict[str, Concept] = {}
    by_id: dict[str, Mention] = {}
    for mention, link in zip(mentions, found, strict=True):
        concept = link.concept
        if concept is not None:
            self_at_zero = Ancestor(concept.concept_id, concept.name, 0)
            concepts[concept.concept_id] = replace(concept, ancestors=(self_at_zero,))
        by_id[mention.mention_id] = replace(
            mention,
            concept_id=None if concept is None else concept.concept_id,
            grounding_method=link.reason or f"linker_{linker.name}",
            grounding_score=None if concept is None else link.score,
        )
    return replace(
        extraction,
        mentions=list(by_id.values()),
        relations=[
            replace(r, subject=by_id[r.subject.mention_id], object=by_id[r.object.mention_id])
            for r in extraction.relations
        ],
        article_relations=[
            replace(r, subject=by_id[r.subject.mention_id], object=by_id[r.object.mention_id])
            for r in extraction.article_relations
        ],
        concepts=sorted(concepts.values(), key=lambda concept: concept.concept_id),
    )


def _failure(article: Article, error: str, message: str) -> Failure:
    return Failure(
        source_uri=article.source_uri,
        stage="extract",
        error=error,
        message=message,
        content_sha256=article.content_sha256,
    )


def regions(article: Article) -> tuple[Region, ...]:
    """Return the regions of an article's text, a heading apart from the text of its section."""
    found = []
    for section in article.sections:
        body = section.start_char + len(section.heading or "")
        if section.heading:
            found.append(Region(section.start_char, body, section.is_read, False))
        if body < section.end_char:
            says = section.is_read and section.kind not in _NO_STATEMENTS
            found.append(Region(body, section.end_char, section.is_read, says))
    return tuple(found)


def front(article: Article) -> list[tuple[int, int]]:
    """Return the offsets of title and abstract or, for a short text without an abstract, of everything that is read."""
    has_abstract = any(section.kind == "abstract" for section in article.sections)
    if not has_abstract and len(article.text) > LONGEST_ABSTRACT:
        return []
    return [
        (section.start_char, section.end_char)
        for section in article.sections
        if section.is_read and (not has_abstract or section.kind in ("title", "abstract"))
    ]


def _records(article: Article, doc: Doc, read: VerbatimText, vocabulary: Vocabulary, version: str) -> Extraction:
    sentences: list[Sentence] = []
    by_start: dict[int, Sentence] = {}
    section_no = 0
    for span in doc.sents:
        start, end = _trimmed(span)
        if start == end or not is_read(span):
            continue
        start, end = read.start(start), read.end(end)
        while section_no + 1 < len(article.sections) and start >= article.sections[section_no].end_char:
            section_no += 1
        sentence = Sentence(
            article_id=article.article_id,
            section_no=section_no,
            sentence_no=len(sentences),
            start_char=start,
            end_char=end,
            text=article.text[start:end],
        )
        sentences.append(sentence)
        by_start[span.start] = sentence
    concepts: dict[int, Concept] = {}
    mentions = []
    for found in doc._.mentions:
        if found.concept_no >= 0:
            concepts.setdefault(found.concept_no, _with_ancestors(vocabulary, found.concept_no))
        sentence = by_start[doc[found.start].sent.start]
        mentions.append(_mention(sentence, doc[found.start : found.end], read, found, concepts))
    inner: dict[int, Mention] = {}
    within = {(found.start, found.end): each.mention_id for found, each in zip(doc._.mentions, mentions, strict=True)}
    of_inner = list(enumerate(doc._.inner_mentions))
    for number, (outer_start, outer_end, found) in sorted(of_inner, key=lambda each: each[1][0] - each[1][1]):
        if found.concept_no >= 0:
            concepts.setdefault(found.concept_no, _with_ancestors(vocabulary, found.concept_no))
        sentence = by_start[doc[found.start].sent.start]
        record = _mention(sentence, doc[found.start : found.end], read, found, concepts)
        record = replace(record, within_mention_id=within[outer_start, outer_end])
        within[found.start, found.end] = record.mention_id
        inner[number] = record
    numbered = [*mentions, *(inner[number] for number in sorted(inner))]
    contexts = _contexts(article, doc, by_start, numbered)
    relations = [
        Relation(
            article_id=article.article_id,
            sentence_id=by_start[found.sentence_start].sentence_id,
            subject=numbered[found.subject],
            predicate=found.predicate,
            object=numbered[found.object],
            is_negated=found.is_negated,
            is_hedged=found.is_hedged,
            score=found.score,
            method=READER if found.rule_id == READER else f"rule:{found.rule_id}",
            species=contexts[found.sentence_start].species,
            study_setting=contexts[found.sentence_start].study_setting,
        )
        for found in doc._.relations
    ]
    return Extraction(
        article=article,
        sentences=sentences,
        mentions=sorted(numbered, key=lambda each: (each.start_char, -each.end_char)),
        relations=relations,
        concepts=sorted(concepts.values(), key=lambda concept: concept.concept_id),
        extractor_version=version,
        article_relations=[
            ArticleRelation(
                article_id=article.article_id,
                subject=mentions[found.subject],
                predicate=found.predicate,
                object=mentions[found.object],
                score=found.score,
                method=METHOD,
            )
            for found in doc._.article_relations
        ],
    )


def _contexts(
    article: Article, doc: Doc, by_start: Mapping[int, Sentence], mentions: Sequence[Mention]
) -> dict[int, StudyContext]:
    """Return first token of each sentence with a relation -> in what kind of study that was found."""
    stating = {found.sentence_start for found in doc._.relations}
    if not stating:
        return {}
    drugs = defaultdict(list)
    for mention in mentions:
        if mention.entity_type == "drug":
            drugs[mention.sentence_id].append((mention.start_char, mention.end_char))
    read = {}
    for first, sentence in by_start.items():
        offset = sentence.start_char
        read[first] = ReadSentence(
            text=sentence.text,
            section_kind=article.sections[sentence.section_no].kind,
            reports=reports_own_work(doc[first].sent),
            drugs=[(start - offset, end - offset) for start, end in drugs[sentence.sentence_id]],
        )
    said = article_evidence(list(read.values()))
    return {start: context_of(read[start], said) for start in stating}


def _with_ancestors(vocabulary: Vocabulary, concept_no: int) -> Concept:
    return replace(vocabulary.concept(concept_no), ancestors=vocabulary.ancestors(concept_no))


def _trimmed(span: Span) -> tuple[int, int]:
    text = span.text
    start = span.start_char + len(text) - len(text.lstrip())
    return (start, start + len(text.strip())) if text.strip() else (span.start_char, span.start_char)


def _mention(
    sentence: Sentence, span: Span, read: VerbatimText, found: FoundMention, concepts: dict[int, Concept]
) -> Mention:
    concept = concepts.get(found.concept_no)
    length = len(span.text.removesuffix(".") or span.text)  # "hepatitis C." ends in a token "C."
    start, end = read.start(span.start_char), read.end(span.start_char + length)
    return Mention(
        article_id=sentence.article_id,
        sentence_id=sentence.sentence_id,
        start_char=start,
        end_char=end,
        text=sentence.text[start - sentence.start_char : end - sentence.start_char],
        entity_type=found.entity_type,
        subtype=found.subtype or None,
        concept_id=concept.concept_id if concept else None,
        grounding_method=found.method,
        grounding_score=found.score if concept else None,
        detector=found.detector,
        aspect=found.aspect or None,
        also_type=found.also_type or None,
    )
