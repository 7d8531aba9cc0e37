"""How does the desk reach other systems: the owners of tasks, the firm's single sign-on?"""
