"""What may ops ask of the desk, and which figures of the firm's work does it keep?"""
