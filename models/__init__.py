"""Learning on strings and labels: features, fit, score, store; knows nothing of ads."""
