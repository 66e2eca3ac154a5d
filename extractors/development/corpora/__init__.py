"""Annotated corpora: one reader per form, all of which yield `AnnotatedText`, `RelatedText` or `ParsedSentence`."""
