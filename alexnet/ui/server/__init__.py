"""The server around the pages: its life, its helpers, who looks at it and what they may do."""
