"""The only place that composes the wings in one transaction: choosing, counting, what the clock does."""
