"""The second carrot: visits that supporters pledge for the day on which the promise was verified kept.

Nothing is paid and nothing held. What waits is shown to the business and to everybody; what came of it, too.
"""
