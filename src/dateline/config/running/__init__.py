"""What `dateline run` is made of: the lock, the children and who keeps them, the web process and its way to Django."""
