"""Circles: after a broken or disputed promise both sides talk, led by somebody whom all accept (DOMAIN.md, circle)."""
