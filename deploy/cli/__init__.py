"""What does a person type, and what does it answer?"""
