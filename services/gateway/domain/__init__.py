"""The rules of the doors: who is speaking, what they say, and as which event that is said."""
