"""What do the blocks of a document mean? Headings, sections, front page, references, metadata, article type. Read
`sections.py` first.
"""
