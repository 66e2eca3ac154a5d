"""What `extract` returns: an extraction for each article, their records together, and tables of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

from extractors.records import ArticleRelation, Concept, Extraction, Failure, Mention, Relation, Sentence
from peyer._tables import DTYPES, Table, columns

if TYPE_CHECKING:
    from pandas import DataFrame

_NO_PANDAS = (
    "a frame needs pandas, which is not installed; install it with: pip install 'pandas>=2.2,<4' 'numpy<2' "
    "(or use .columns({table!r}), which gives the same as lists)"
)


class ExtractionError(Exception):
    """A text or article that was given alone could not be extracted; `failure` says why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure

    def __str__(self) -> str:
        return f"{self.failure.source_uri}: {self.failure.error}: {self.failure.message}"


class ExtractionWarning(UserWarning):
    """Some of several articles could not be extracted; the result's `failures` say which, and why."""


class Extractions(Sequence[Extraction]):
    """What `peyer.extract` found: a sequence of `Extraction`, one for each article that was read, in the order given.

    `failures` are the articles that could not be read, each with the reason. `sentences`, `mentions`, `relations`,
    `article_relations` and `concepts` hold the records of all articles; the methods that end in `_frame` give them as
    pandas DataFrames, `columns` as lists. An article that was given more than once counts once in all of these.

    All offsets are 0-based and end-exclusive, in characters (Unicode code points) of the article's text.

    >>> import peyer
    >>> found = peyer.extract(["Infliximab binds TNF.", "Zinc is a metal."])
    >>> found
    <Extractions of 2 articles: 3 mentions, 1 relation, 0 failures>
    >>> found[0].article.text, [mention.text for mention in found.mentions]
    ('Infliximab binds TNF.', ['Infliximab', 'TNF', 'Zinc'])
    """

    __slots__ = ("_extractions", "failures")

    def __init__(self, extractions: Iterable[Extraction] = (), *, failures: Iterable[Failure] = ()) -> None:
        self._extractions = tuple(extractions)
        self.failures = tuple(failures)

    def __len__(self) -> int:
        return len(self._extractions)

    @overload
    def __getitem__(self, index: int) -> Extraction: ...

    @overload
    def __getitem__(self, index: slice) -> Extractions: ...

    def __getitem__(self, index: int | slice) -> Extraction | Extractions:
        """Return one extraction, or a slice of them, without the failures."""
        return Extractions(self._extractions[index]) if isinstance(index, slice) else self._extractions[index]

    def __repr__(self) -> str:
        counts = {"mention": len(self.mentions), "relation": len(self.relations), "failure": len(self.failures)}
        said = ", ".join(_counted(count, noun) for noun, count in counts.items())
        return f"<Extractions of {_counted(len(self), 'article')}: {said}>"

    @property
    def sentences(self) -> list[Sentence]:
        """The sentences and headings that were read."""
        return [sentence for each in self._distinct() for sentence in each.sentences]

    @property
    def mentions(self) -> list[Mention]:
        """The drugs, targets, diseases and effects that the texts name, in reading order."""
        return [mention for each in self._distinct() for mention in each.mentions]

    @property
    def relations(self) -> list[Relation]:
        """What sentences state."""
        return [relation for each in self._distinct() for relation in each.relations]

    @property
    def article_relations(self) -> list[ArticleRelation]:
        """What title and abstract of an article relate as a whole, in a classifier's opinion."""
        return [relation for each in self._distinct() for relation in each.article_relations]

    @property
    def concepts(self) -> list[Concept]:
        """What the mentions mean, each concept once, by identifier."""
        concepts = {concept.concept_id: concept for each in self for concept in each.concepts}
        return [concepts[curie] for curie in sorted(concepts)]

    def columns(self, table: Table) -> dict[str, list[Any]]:
        """Return a table as lists: column name -> values, None where there is none.

        `table` is "sentences", "mentions", "relations" or "article_relations". The columns have the warehouse's names
        and a fixed order; they are there also where there are no rows. Other frame libraries take this as it is:
        `polars.DataFrame(found.columns("relations"))`, `pyarrow.table(found.columns("mentions"))`.

        Raises ValueError where there is no table of that name.

        >>> import peyer
        >>> found = peyer.extract("Infliximab binds TNF.")
        >>> table = found.columns("relations")
        >>> table["subject_name"], table["predicate"], table["object_id"]
        (['Infliximab'], ['binds'], ['HGNC:11892'])
        """
        return columns(table, self._distinct())

    def sentences_frame(self) -> DataFrame:
        """Return one row per sentence. Raises ImportError where pandas is not installed."""
        return self._frame("sentences")

    def mentions_frame(self) -> DataFrame:
        """Return one row per mention: the warehouse's table `mentions`, and the `name` of the concept.

        `concept_id`, `name` and `grounding_score` are missing where the mention is not grounded; `grounding_method`
        says why. Raises ImportError where pandas is not installed.
        """
        return self._frame("mentions")

    def relations_frame(self) -> DataFrame:
        """Return one row per statement of a sentence: the warehouse's view `evidence`, and the mentions' identifiers.

        Negated and hedged statements are in: filter by `is_negated` and `is_hedged`. `score` is the probability that
        the sentence says so. Raises ImportError where pandas is not installed.
        """
        return self._frame("relations")

    def article_relations_frame(self) -> DataFrame:
        """Return one row per drug and harm that an article relates as a whole, with its probability `score`.

        Raises ImportError where pandas is not installed.
        """
        return self._frame("article_relations")

    def _frame(self, table: Table) -> DataFrame:
        try:
            from pandas import DataFrame
        except ImportError as error:
            raise ImportError(_NO_PANDAS.format(table=table), name="pandas") from error
        found = self.columns(table)
        return DataFrame(found).astype({column: DTYPES.get(column, "string") for column in found})

    def _distinct(self) -> Iterator[Extraction]:
        """Yield each article's extraction once."""
        yield from {each.article.article_id: each for each in self._extractions}.values()


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
