"""Coding by hand: ads are taken up without any judgement, coded line by line, and written as gold."""
