"""What is deployed: one layer with all that functions share, and one zip for each function (`make package`).

The same sources give the same bytes, in whichever folder and at whatever time, so that a plan without changes is empty.
Two things of the machine have a say, as they make the bytes: the release of Python 3.13 that compiles, and zlib.
"""
