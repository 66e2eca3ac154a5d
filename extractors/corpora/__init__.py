"""Annotated corpora: one reader per form, all of which yield `AnnotatedText`, or `ParsedSentence` for trees."""
