"""What are other programs answered by intake, beside events, decisions and views?"""
