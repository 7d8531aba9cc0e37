"""How does everything run on one machine for trying out, and what does the demo play there?"""
