"""Readers: bytes of one format into the text of an ad."""
