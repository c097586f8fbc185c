"""Handing out `public/`: what type each file has, which headers go with it, and how it is served from memory.

Plain: standard library only. nginx and Caddy are configured from the same tables (`nginx.py`, `caddy.py`).
"""
