"""The rules of what is counted: codes, pledges, the door, the till, and the recount of them all from the record."""
