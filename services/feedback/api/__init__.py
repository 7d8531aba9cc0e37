"""What are other programs answered by feedback, beside events, decisions, views and links?"""
