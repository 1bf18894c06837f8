"""What is to be done before the day, in one list that the organizers and the business share and nobody else sees."""
