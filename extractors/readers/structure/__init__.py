"""From blocks to an article's parts: headings, sections, front page, references, metadata, article type. Read
`sections.py` first.
"""
