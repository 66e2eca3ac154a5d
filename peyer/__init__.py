"""Extract drugs, targets, diseases, effects and what a text states of them, from Python.

>>> import peyer
>>> found = peyer.extract("Tofacitinib inhibits JAK1 and relieves rheumatoid arthritis.")
>>> for relation in found.relations:
...     print(relation.subject.text, relation.predicate, relation.object.text, relation.object.concept_id)
Tofacitinib inhibits JAK1 HGNC:6190
Tofacitinib treats rheumatoid arthritis MONDO:0008383

`extract` takes strings and articles, `read` makes an article of a file, `load` gives the spaCy pipeline, `connect`
opens a warehouse for SQL. What `__all__` lists is public; every other name, of this package and of `extractors`,
`flows` and `warehouse`, is private and may change in any release.

Importing this package loads none of its dependencies: each name is imported when it is first used, spaCy by the first
call of `extract` or `load`, DuckDB by `connect`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__all__ = [
    "Ancestor",
    "Article",
    "ArticleRelation",
    "Concept",
    "Extraction",
    "ExtractionError",
    "ExtractionWarning",
    "Extractions",
    "Failure",
    "Mention",
    "OptionError",
    "Options",
    "ReadError",
    "Relation",
    "Section",
    "Sentence",
    "Synonym",
    "WarehouseError",
    "__version__",
    "connect",
    "extract",
    "load",
    "read",
]

if TYPE_CHECKING:
    from extractors.options import ExtractorOptions as Options
    from extractors.options import OptionError
    from extractors.readers.source import ReadError
    from extractors.records import (
        Ancestor,
        Article,
        ArticleRelation,
        Concept,
        Extraction,
        Failure,
        Mention,
        Relation,
        Section,
        Sentence,
        Synonym,
    )
    from peyer._extractions import ExtractionError, Extractions, ExtractionWarning
    from peyer._functions import connect, extract, load, read
    from peyer._version import __version__
    from warehouse.connection import WarehouseError
else:
    _PLACES = {
        "extractors.options": ("OptionError",),
        "extractors.readers.source": ("ReadError",),
        "extractors.records": (
            *("Ancestor", "Article", "ArticleRelation", "Concept", "Extraction", "Failure"),
            *("Mention", "Relation", "Section", "Sentence", "Synonym"),
        ),
        "peyer._extractions": ("ExtractionError", "ExtractionWarning", "Extractions"),
        "peyer._functions": ("connect", "extract", "load", "read"),
        "peyer._version": ("__version__",),
        "warehouse.connection": ("WarehouseError",),
    }
    _HOME = {name: (module, name) for module, names in _PLACES.items() for name in names}
    _HOME["Options"] = ("extractors.options", "ExtractorOptions")

    def __getattr__(name):
        """Import a public name when it is first asked for (PEP 562)."""
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module, attribute = _HOME[name]
        value = globals()[name] = getattr(import_module(module), attribute)
        return value

    def __dir__():
        """List the public names alone."""
        return __all__
