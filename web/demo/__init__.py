"""The demo: invented shops at every stage, a movable clock, a mailbox, people to be. In demo mode only."""
