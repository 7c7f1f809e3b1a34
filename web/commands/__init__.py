"""The commands of `flask`: their options, exit statuses and output. Start with `cli`, which lists them."""
