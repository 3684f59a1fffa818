"""The local web page: an ad is pasted or dropped, and its duties, role and findings are shown."""
