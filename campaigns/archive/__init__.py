"""Real carrotmobs of the past: what was written about them, with its gaps, guesses and contradictions left in."""
