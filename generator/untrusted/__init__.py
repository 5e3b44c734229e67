"""Files from outside, read in a process of its own.

Whatever is in such a file, the process ends: it may use so much memory and so much time
(``limits``), and what it says is either cells or what is wrong. It imports nothing else of
ours, so that it starts at once.
"""
