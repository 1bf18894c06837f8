"""What pages show, made from domain values: pure functions, tested without HTTP."""
