"""A client as the browser app is one, in Python: frontend/src/{connection,outbox,timeline,rooms}, rule by rule.

What decides (`room_list`, `member_lists`, `window`) does no input or output; `client` brings it together.
"""
