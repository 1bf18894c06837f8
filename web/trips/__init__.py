"""The only place that composes the wings in one transaction (DESIGN.md): choosing, counting, and what the clock does."""
