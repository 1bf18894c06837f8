"""Speed beside bare endpoints, in one run on one machine (`make bench`): ratios hold where absolute figures do not."""
