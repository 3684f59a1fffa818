"""A study of labelled ads: their rows, duplicates, questions and counts, and how gold corrects them."""
