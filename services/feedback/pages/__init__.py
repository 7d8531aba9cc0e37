"""What a client sees: one survey page, reached by an unguessable link."""
