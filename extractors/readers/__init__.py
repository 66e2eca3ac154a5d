"""How do bytes become an article? `read.read_article` takes a file, determines its format and returns an
`extractors.records.Article`: one text with sections and metadata. `formats/` has a module for each format, `structure/`
finds sections, headings and metadata, `cleaning/` repairs characters and markup. `verbatim.py` reads text that must
keep the offsets of its caller.
"""
