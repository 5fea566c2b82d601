"""OAuth 2.1: how programs by others come to act as their user. Source: specification of the API, section 1.

The toolkit keeps the tokens and speaks the protocol (`validator`, `server`, `backend` narrow it to what OAuth 2.1
leaves); the applications, what they are asked at registration, and every page and answer are ours.
"""
