"""The rules of public reviews, replies and review asks: pure, without a clock or I/O."""
