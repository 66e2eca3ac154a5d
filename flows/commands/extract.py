"""`peyer extract`: mentions and relations of one text, without a database."""

from __future__ import annotations

import codecs
import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.options import LinkerName, Models, OwnVocabulary, extractor_options
from flows.refusal import NothingDone, WrongArgument
from flows.render import printable

if TYPE_CHECKING:
    from extractors.records import Article, Extraction, Failure, Mention

STDIN = "-"
JSON_LINES = frozenset({".jsonl", ".ndjson"})


class ExtractFormat(StrEnum):
    """How `peyer extract` writes what it found."""

    jsonl = "jsonl"
    text = "text"


def extract_command(
    file: Annotated[
        str, typer.Argument(metavar="[FILE | -]", help="An article, JSON lines, or - for standard input.")
    ] = STDIN,
    form: Annotated[ExtractFormat, typer.Option("--format", help="What to write.")] = ExtractFormat.jsonl,
    vocabulary: OwnVocabulary = None,
    linker: LinkerName = None,
    model: Models = None,
) -> None:
    """Extract mentions and relations from one file and print them; nothing is stored.

    The file has any format that `peyer run` reads, or is JSON lines (.jsonl) of objects with `article_id`
    and `text`. Standard input is read as JSON lines if it begins with "{", otherwise as one plain text. Lines
    that cannot be used are reported on standard error, and the rest is extracted.
    """
    from extractors.extract import extract
    from extractors.records import Failure

    options = extractor_options(vocabulary, linker, model)
    failed: list[Failure] = []
    articles = _articles(file, failed)
    extracted = 0
    for outcome in extract(articles, options):
        if isinstance(outcome, Failure):
            _complain(outcome)
            failed.append(outcome)
            continue
        extracted += 1
        print(json.dumps(as_object(outcome), ensure_ascii=False) if form == "jsonl" else as_text(outcome))
        sys.stdout.flush()
    if failed and not extracted:
        raise NothingDone("no input could be used; the reasons are above")


def as_object(extraction: Extraction) -> dict[str, Any]:
    """Return the JSON object for one article; relations refer to their mentions by position in `mentions`.

    So does `within`, of a name to the phrase that it stands in.
    """
    place = {mention.mention_id: number for number, mention in enumerate(extraction.mentions)}
    names = {concept.concept_id: concept.name for concept in extraction.concepts}
    sentences = {sentence.sentence_id: sentence.text for sentence in extraction.sentences}
    return {
        "article_id": extraction.article.article_id,
        "text": extraction.article.text,
        "mentions": [
            {
                "start_char": mention.start_char,
                "end_char": mention.end_char,
                "text": mention.text,
                "entity_type": mention.entity_type,
                "subtype": mention.subtype,
                "concept_id": mention.concept_id,
                "name": names.get(mention.concept_id) if mention.concept_id else None,
                "within": None if mention.within_mention_id is None else place[mention.within_mention_id],
                "aspect": mention.aspect,
                "also_type": mention.also_type,
            }
            for mention in extraction.mentions
        ],
        "relations": [
            {
                "subject": place[relation.subject.mention_id],
                "subject_type": relation.types[0],
                "predicate": relation.predicate,
                "object": place[relation.object.mention_id],
                "object_type": relation.types[1],
                "is_negated": relation.is_negated,
                "is_hedged": relation.is_hedged,
                "score": relation.score,
                "method": relation.method,
                "species": relation.species,
                "study_setting": relation.study_setting,
                "sentence": sentences[relation.sentence_id],
            }
            for relation in extraction.relations
        ],
        "article_relations": [
            {
                "subject": place[relation.subject.mention_id],
                "predicate": relation.predicate,
                "object": place[relation.object.mention_id],
                "score": relation.score,
                "method": relation.method,
            }
            for relation in extraction.article_relations
        ],
    }


def as_text(extraction: Extraction) -> str:
    """Return the same as readable text: a heading, the mentions, the relations with their sentences.

    Mentions are in reading order, the names within a phrase below it and indented.
    """
    article = extraction.article
    sentences = {sentence.sentence_id: sentence.text for sentence in extraction.sentences}
    lines = [article.title or article.article_id]
    lines += _mention_lines(extraction.mentions)
    for relation in extraction.relations:
        flags = [word for word, is_set in _flags(relation.is_negated, relation.is_hedged) if is_set]
        note = f"  [{', '.join(flags)}]" if flags else ""
        lines.append(f"  {relation.subject.text} -- {relation.predicate} -> {relation.object.text}{note}")
        lines.append(f"      {' '.join(sentences[relation.sentence_id].split())}")
    for suspected in extraction.article_relations:
        ends = f"{suspected.subject.text} -- {suspected.predicate} -> {suspected.object.text}"
        lines.append(f"  {ends}  [suspected of the article as a whole: {suspected.score:.2f}]")
    return "\n".join(lines)


def _mention_lines(mentions: Sequence[Mention]) -> Iterator[str]:
    depths: dict[str | None, int] = {None: -1}
    for mention in sorted(mentions, key=lambda mention: (mention.start_char, -mention.end_char)):
        depth = depths[mention.mention_id] = depths[mention.within_mention_id] + 1
        types = "/".join(mention.entity_types)
        aspect = f"  [{mention.aspect}]" if mention.aspect else ""
        name = f"{'  ' * depth}{mention.text}"
        yield f"  {mention.start_char:>6}  {types:<8} {name}  {mention.concept_id or '-'}{aspect}"


def _flags(is_negated: bool, is_hedged: bool) -> list[tuple[str, bool]]:
    return [("negated", is_negated), ("hedged", is_hedged)]


def _articles(file: str, failed: list[Failure]) -> Iterator[Article]:
    """Yield the articles of a file or of standard input; report inputs that cannot be used and add them to `failed`."""
    from extractors.records import Failure

    for outcome in _inputs(file):
        if isinstance(outcome, Failure):
            _complain(outcome)
            failed.append(outcome)
        else:
            yield outcome


def _inputs(file: str) -> Iterator[Article | Failure]:
    from extractors.readers.read import READABLE_SUFFIXES, parse_article, read_article

    if file == STDIN:
        data = sys.stdin.buffer.read().removeprefix(codecs.BOM_UTF8)
        if data.lstrip().startswith(b"{"):
            yield from _from_json_lines(data.splitlines(), source_uri="stdin:")
        else:
            stated = {"source_format": "text", "article_id": "stdin", "source_uri": "stdin:"}
            yield _read(lambda: parse_article(data, **stated), source_uri="stdin:")
        return
    path = Path(file)
    source_uri = path.absolute().as_uri()
    suffix = path.suffix.lower()
    require_file(file)
    if suffix in JSON_LINES:
        yield from _from_json_file(path, source_uri=source_uri)
    elif suffix in READABLE_SUFFIXES:
        yield _read(lambda: read_article(path, article_id=path.stem, source_uri=source_uri), source_uri=source_uri)
    else:
        allowed = ", ".join(sorted({*READABLE_SUFFIXES, *JSON_LINES}))
        raise WrongArgument(f"{printable(file)} has the suffix {path.suffix!r}; expected one of {allowed}")


def require_file(file: str) -> None:
    """Raise `WrongArgument` if `file` is not a file, and `NothingDone` if that cannot be determined."""
    path = Path(file)
    try:
        if file and path.is_file():
            return
        what = "is empty" if not file else "is a folder" if path.is_dir() else "does not exist"
    except OSError as error:
        raise NothingDone(f"{printable(file)} cannot be read: {error.strerror}; make it readable") from error
    raise WrongArgument(f"{printable(file) or 'the name'} {what}; name a file, or - for standard input")


def _from_json_file(path: Path, *, source_uri: str) -> Iterator[Article | Failure]:
    from extractors.records import Failure

    try:
        with path.open("rb") as lines:
            yield from _from_json_lines(lines, source_uri=source_uri)
    except OSError as error:
        message = f"{path.name} cannot be read: {error.strerror or error}; make it readable, or check the disk"
        yield Failure(source_uri=source_uri, stage="read", error="unreadable", message=message)


def _read(reader: Callable[[], Article], *, source_uri: str) -> Article | Failure:
    from extractors.readers.source import ReadError
    from extractors.records import Failure

    try:
        return reader()
    except ReadError as error:
        return Failure(source_uri=source_uri, stage="read", error=error.error, message=error.message)


def _from_json_lines(lines: Iterable[bytes], *, source_uri: str) -> Iterator[Article | Failure]:
    """Yield an article for each line. Offsets are in characters of its `text`, which is kept unchanged."""
    from extractors.records import Failure

    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _article_of(line, source_uri=f"{source_uri}#line={number}")
        except (ValueError, RecursionError) as error:
            reason = "JSON that is nested too deeply" if isinstance(error, RecursionError) else error
            yield Failure(
                source_uri=f"{source_uri}#line={number}",
                stage="read",
                error="bad_line",
                message=f"line {number}: {reason}; expected an object with the strings article_id and text",
            )


def _article_of(line: bytes, *, source_uri: str) -> Article:
    """Return the article of one JSON line. Raises ValueError, with the reason, if the line is not one."""
    from extractors.readers.verbatim import verbatim_article

    try:
        given = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON ({error.msg} at character {error.pos})") from error
    if not isinstance(given, dict):
        raise ValueError(f"a JSON {type(given).__name__}, no object")
    for field in ("article_id", "text"):
        if not isinstance(given.get(field), str):
            raise ValueError(f"{field} is {json.dumps(given.get(field))[:40]}, no string")
    given["article_id"].encode()  # raises UnicodeEncodeError, a ValueError, for a lone surrogate
    return verbatim_article(
        given["text"],
        article_id=given["article_id"],
        source_uri=source_uri,
        source_format="jsonl",
        content_sha256=hashlib.sha256(line).hexdigest(),
    )


def _complain(failure: Failure) -> None:
    place = f"{failure.source_uri.removesuffix(':')}: {failure.error}"
    print(f"peyer extract: {place}: {printable(failure.message)}", file=sys.stderr)
