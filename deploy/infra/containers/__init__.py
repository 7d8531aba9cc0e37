"""What does an image hold, and which secrets is each container shown?"""
