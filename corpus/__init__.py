"""Collections of ads: readers, gold, comparison with gold, training material, building the model."""
