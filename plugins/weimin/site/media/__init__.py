"""What leaves the site with its source on it: cards, oEmbed, articles for WeChat, citations."""
