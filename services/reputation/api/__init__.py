"""What other parts of the firm may ask of reputation: the list of all reviews."""
