"""Text in, records out: readers, language pipeline, mentions, assertion, relations."""
