"""Review: ads before they are published, their findings with places, and what silences a finding."""
