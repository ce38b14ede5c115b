"""The AWS services behind the functions, emulated, and the state that they keep."""
