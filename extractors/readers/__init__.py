"""How do bytes become an article? `read.read_article` takes a file, finds out its format, and gives an
`extractors.records.Article`: one text with sections and metadata. `formats/` has a module for each format, `structure/`
finds sections, headings and metadata, `cleaning/` mends characters and markup. `verbatim.py` reads text whose offsets
somebody else counts.
"""
