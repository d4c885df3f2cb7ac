"""Charts inside pages of other sites: a small page for a frame, and oEmbed."""
