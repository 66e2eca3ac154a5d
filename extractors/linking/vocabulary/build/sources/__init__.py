"""One reader per open vocabulary: files as their owners publish them in, `Entry` rows out.

Which files, which licence and which version is written in `extractors/data/vocabulary/SOURCES.md`. Definitions are
never read: only identifiers, names, synonyms, mappings and what stands above what.
"""
