"""Typing: who is writing a message right now. A moment's news, which is stored nowhere and sent once."""
