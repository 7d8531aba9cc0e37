"""The rules of surveys, satisfaction and service recovery: pure, without a clock or I/O."""
