"""Renderers: verdicts as text, JSON and JSON Lines."""
