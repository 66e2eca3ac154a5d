"""Where do subject and object of a trigger stand? `token_frames.py` looks by the order of words,
`dependency_paths.py` over the parse; the other modules each read one construction.
"""
