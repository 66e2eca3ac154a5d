"""How are annotated corpora read? One module for each format; readers yield `AnnotatedText`, `RelatedText` or
`ParsedSentence`. Read `annotated.py` first.
"""
