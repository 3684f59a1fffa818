"""One ad in, one verdict out: text, rule set and model; no files, no terminal, no network."""
