"""What a client sees: words the firm would publish; what everybody may read: those it did."""
