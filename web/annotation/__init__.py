"""The local page on which ads are coded by hand: one at a time, without any judgement of the tool."""
