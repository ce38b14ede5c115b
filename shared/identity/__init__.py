"""Who is calling: Cognito access tokens, and the caller that they stand for."""
