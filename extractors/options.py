"""What a user can choose for the extraction; it is part of the version that stamps every row."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractorOptions:
    """Choices of one run.

    `vocabulary` is a file of the user's own names, in the form of `data/supplement.tsv`; they go before the bundled
    ones. `linker` names a knowledge base of scispaCy's linker, such as "umls", that grounds the mentions instead of
    the bundled vocabulary. `models` are installed spaCy models, or folders of such, whose names go before the
    bundled one's, as do their tags and trees where these have the labels of spaCy's English models.
    """

    vocabulary: Path | None = None
    linker: str | None = None
    models: tuple[str, ...] = ()


DEFAULTS = ExtractorOptions()


class OptionError(ValueError):
    """What an option names cannot be used; the message says why, a line for each fault."""


def require_usable(options: ExtractorOptions) -> None:
    """Raise OptionError where the user's vocabulary is faulty, or the linker unknown or without its data.

    Names of the vocabulary that are left out are logged as warnings.
    """
    if options.vocabulary is not None:
        from extractors.vocabulary.lookup import Vocabulary
        from extractors.vocabulary.supplement import USER_PREFIX, read_supplement

        Vocabulary(added=read_supplement(options.vocabulary, prefix=USER_PREFIX, report=logger.warning))
    if options.linker is not None:
        from extractors.linker import data_files  # loads nmslib and scikit-learn

        data_files(options.linker)
    if options.models:
        from extractors.ner.models import load_model

        for name in options.models:
            load_model(name)
