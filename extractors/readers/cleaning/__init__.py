"""What a text must lose or mend before it is language: control characters, markup, LaTeX, citation marks and
superscripts. `inline.py` applies it all to one block.
"""
