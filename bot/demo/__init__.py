"""The demo: invented outlets, their loopback server, and a clock that runs fast. Goes nowhere beyond this machine."""
