"""How do events and due instants become state, exactly once in effect?"""
