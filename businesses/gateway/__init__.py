"""What reaches out of the house for businesses: public pages, nothing else."""
