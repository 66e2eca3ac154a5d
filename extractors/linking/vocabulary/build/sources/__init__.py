"""How is each open vocabulary read? One module for each owner turns the published files into `Entry` rows.

Files, licences and versions are in `extractors/data/linking/vocabulary/SOURCES.md`. Definitions are never read, only
identifiers, names, synonyms, mappings and parents.
"""
