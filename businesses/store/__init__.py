"""SQL of the businesses' room, private to it: shops and bids in one file, obligations in another."""
