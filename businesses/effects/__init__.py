"""What a promise changes in the world: first as projected, later as measured, told apart and never mixed."""
