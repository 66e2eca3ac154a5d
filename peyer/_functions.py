"""The public functions."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.options import DEFAULTS, ExtractorOptions, OptionError
from extractors.records import Article, Extraction, Failure
from peyer._extractions import ExtractionError, Extractions, ExtractionWarning
from peyer._inputs import articles_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from spacy.language import Language


def extract(
    articles: str | Article | Mapping[str, str] | Iterable[str | Article], /, *, options: ExtractorOptions = DEFAULTS
) -> Extractions:
    """Return what texts or articles name and state.

    `articles` is one string or `Article`, an iterable of them, or a mapping from article_id to text. A string is one
    article without a title. It is kept to the character, so that offsets count in the string as it was given; its
    article_id is the one given or else depends on the text alone. For articles with sections and metadata see `read`.

    The result is a sequence with one `Extraction` for each article that could be read, in the order given; also for one
    string, where its `mentions` and `relations` are those of that string. Whatever the order or the number of the
    articles, each one's records are the same, with the same identifiers.

    What cannot be extracted (a blank string, an article of more than 400,000 characters) raises `ExtractionError` where
    it was given alone. Of several it is left out of the sequence and listed in `failures`, with the reason; an
    `ExtractionWarning` says how many there are. `warnings.simplefilter("error", peyer.ExtractionWarning)` makes it an
    error.

    The first call takes some seconds to load the models; later ones use them again. To process more than fits into
    memory use `peyer run`, which writes to a warehouse.

    Raises TypeError where something is neither a string nor an article, ValueError where two different ones have the
    same article_id, `OptionError` where something that `options` names cannot be used.

    >>> found = extract("Rituximab depletes B cells but does not cure lupus.")
    >>> [(mention.start_char, mention.end_char, mention.text) for mention in found.mentions]
    [(0, 9, 'Rituximab'), (19, 26, 'B cells'), (45, 50, 'lupus')]
    >>> [(r.predicate, r.object.text, r.is_negated) for r in found.relations]
    [('depletes', 'B cells', False), ('treats', 'lupus', True)]

    >>> found = extract({"a": "Zinc is a metal.", "b": "Infliximab binds TNF."})
    >>> [(each.article.article_id, len(each.relations)) for each in found]
    [('a', 0), ('b', 1)]
    """
    given = articles_of(articles)
    outcomes = _outcomes([each for each in given if isinstance(each, Article)], options)
    found = [each if isinstance(each, Failure) else outcomes[each.article_id] for each in given]
    failures = list(dict.fromkeys(each for each in found if isinstance(each, Failure)))
    if failures and isinstance(articles, str | Article):
        raise ExtractionError(failures[0])
    if failures:
        count = sum(isinstance(each, Failure) for each in found)
        warnings.warn(
            f"{count} of {len(found)} articles could not be extracted and are listed in .failures; "
            f"the first: {failures[0].message}",
            ExtractionWarning,
            stacklevel=2,
        )
    return Extractions((each for each in found if isinstance(each, Extraction)), failures=failures)


def _outcomes(articles: list[Article], options: ExtractorOptions) -> dict[str, Extraction | Failure]:
    """Return what each article gives, by article_id."""
    distinct = {article.article_id: article for article in articles}
    if not distinct:
        return {}
    from extractors.extract import extract as extract_articles

    return dict(zip(distinct, extract_articles(distinct.values(), options), strict=True))


def read(path: str | PathLike[str], *, article_id: str | None = None) -> Article:
    """Return the article in a file: plain text (.txt) or Markdown (.md, .markdown), in UTF-8.

    Title, sections and metadata are recognised, lines unwrapped, markup taken out: offsets count in the article's
    `text`, not in the file. `article_id` is the file's name without its suffix where none is given.

    Raises `ReadError`, whose message says what to do, where the file is not there or cannot be read.

    >>> article = read("raw/jak-inhibitors-in-ulcerative-colitis.md")
    >>> article.title
    'Janus kinase inhibitors in ulcerative colitis: a mini-review'
    >>> article.article_id, article.published, article.sections[4].kind
    ('jak-inhibitors-in-ulcerative-colitis', '2026-02-16', 'abstract')
    """
    from extractors.readers.read import read_article

    file = Path(path)
    return read_article(file, article_id=article_id or file.stem, source_uri=file.absolute().as_uri())


def load(*, options: ExtractorOptions = DEFAULTS) -> Language:
    """Return the spaCy pipeline behind `extract`, a new one of your own: what you change in it changes nothing else.

    A Doc then holds the mentions in `doc.ents`, with the entity type as `label_` and the concept's CURIE as `kb_id_`
    ("" where the mention is not grounded), sentences in `doc.sents`, tags and trees as usual, and in

    - `doc._.mentions` the mentions as named tuples with `start` and `end` in tokens, in the order of `doc.ents`,
    - `doc._.inner_mentions` the names within these, with `outer_start` and `outer_end` of the longer one,
    - `doc._.relations` the statements, with `subject` and `object` as positions in `doc._.mentions`, `predicate`,
      `is_negated`, `is_hedged` and `score`,
    - `doc._.article_relations` what the text relates as a whole,
    - `doc._.abbreviations` the abbreviations that it defines, each with its `_.long_form`.

    All of it survives `nlp.pipe(texts, n_process=2)`, `doc.to_bytes` and pickling. The pipeline reads a text as it is;
    `extract` also sees through what hides words (soft hyphens, line ends within sentences) and knows what to leave out
    of an article.

    Raises `OptionError` where something that `options` names cannot be used: here also a linker, which is no part of
    the pipeline.

    >>> nlp = load()
    >>> [doc] = nlp.pipe(["Tofacitinib inhibits JAK1."])
    >>> [(ent.text, ent.label_, ent.kb_id_) for ent in doc.ents]
    [('Tofacitinib', 'drug', 'DRUGBANK:DB08895'), ('JAK1', 'target', 'HGNC:6190')]
    >>> [(doc.ents[r.subject].text, r.predicate, doc.ents[r.object].text) for r in doc._.relations]
    [('Tofacitinib', 'inhibits', 'JAK1')]
    """
    if options.linker is not None:
        raise OptionError(f"linker {options.linker!r} is no part of the pipeline; use it with peyer.extract")
    from extractors.pipeline import build_pipeline

    return build_pipeline(options)


def connect(path: str | PathLike[str]) -> DuckDBPyConnection:
    """Open a warehouse that `peyer run` has written, for SQL; nothing can be changed in it.

    The connection shows the warehouse as it was when opened, also while a run goes on; open another one to see the
    next state. Statements reach neither other files nor the network. Close it, or use it in a `with` statement.

    Raises `WarehouseError` where there is no warehouse, or it cannot be opened.

    >>> with connect("peyer.duckdb") as con:
    ...     con.sql("select subject_name, predicate, object_name from evidence order by all").fetchall()
    [('tofacitinib', 'inhibits', 'JAK3'), ('tofacitinib', 'treats', 'rheumatoid arthritis')]
    """
    from warehouse.connection import connect_read_only

    return connect_read_only(Path(path))
