"""Raw bytes in, `extractors.records.Article` out: one module per input format."""
