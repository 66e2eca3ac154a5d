"""What the statistical models are trained on: which corpora, and no text that something is scored on."""
