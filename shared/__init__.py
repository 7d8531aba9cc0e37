"""What does every service need that is not a rule of the firm? Contracts and plumbing."""
