"""Lessons: what each model learns from the training corpus, and how the model is built from them."""
