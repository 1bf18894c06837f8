"""SQL of what is counted: pledges, the door, the till, and their sums."""
