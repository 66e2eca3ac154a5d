"""What `extract` takes, as articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from extractors.readers.verbatim import verbatim_article
from extractors.records import Article, Failure, stable_id

Input = str | Article | Mapping[str, str] | Iterable[str | Article]


def articles_of(given: Input) -> list[Article | Failure]:
    """Return an article for each text or article that was given, or why it is none, in order.

    Raises TypeError where something is neither a string nor an article, and ValueError where two different ones have
    the same article_id.
    """
    articles = list(_each(given))
    first: dict[str, Article] = {}
    for article in articles:
        if isinstance(article, Article) and first.setdefault(article.article_id, article) != article:
            raise ValueError(
                f"two different articles have the article_id {article.article_id!r}; give each its own: "
                "peyer.read(path, article_id=...), or texts as a dict from article_id to text"
            )
    return articles


def _each(given: Input) -> Iterator[Article | Failure]:
    if isinstance(given, Article | str):
        yield _article(given, place="the text")
    elif isinstance(given, Mapping):
        for article_id, text in given.items():
            if not isinstance(article_id, str) or not isinstance(text, str):
                kinds = f"{_kind(article_id)} {article_id!r} to {_kind(text)}"
                raise TypeError(f"the mapping has an entry from {kinds}; expected article_id to text, both strings")
            yield _article(text, place=repr(article_id), article_id=article_id)
    elif hasattr(given, "columns"):
        raise TypeError(f"a {_kind(given)} is no iterable of texts; give one of its columns")
    elif isinstance(given, Iterable) and not isinstance(given, bytes | bytearray):
        for number, item in enumerate(given):
            if not isinstance(item, Article | str):
                raise TypeError(
                    f"item {number} is a {_kind(item)}; expected strings and articles (leave out missing values, "
                    "decode bytes, read files with peyer.read)"
                )
            yield _article(item, place=f"item {number}")
    else:
        raise TypeError(
            f"cannot extract from a {_kind(given)}; expected a string, an Article, several of them, or a dict from "
            "article_id to text (decode bytes, read files with peyer.read)"
        )


def _article(given: Article | str, *, place: str, article_id: str | None = None) -> Article | Failure:
    """Return the article of a text. Its identifier depends on the text alone where none is given."""
    if isinstance(given, Article):
        return given
    text = str(given)  # NumPy's strings, for one, are strings of a kind of their own
    try:
        chosen = stable_id("text", text) if article_id is None else article_id
        return verbatim_article(text, article_id=chosen, source_uri=f"string:{chosen}", source_format="string")
    except ValueError as error:
        return Failure(
            source_uri="string:" if article_id is None else f"string:{article_id}",
            stage="read",
            error="no_text" if article_id != "" else "no_article_id",
            message=f"{place}: {error}; expected {'a text with words' if article_id != '' else 'an identifier'}",
        )


def _kind(value: object) -> str:
    return type(value).__name__
