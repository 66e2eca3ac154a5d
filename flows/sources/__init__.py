"""Where articles come from; a source says what there is, without reading it."""
