"""How does Clientele run: embedded, in containers, and from the command line?"""
