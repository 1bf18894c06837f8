"""What a campaign shows to everybody beside its figures: photos that were approved, and whom the press may ask."""
