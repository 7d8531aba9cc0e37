"""What would other rules have done with the firm's past events?"""
