"""演示数据: a made repository for tests, screenshots and a first look; no real place is in it."""

from weimin.demo.make import AS_OF, NotEmpty, make_demo

__all__ = ["AS_OF", "NotEmpty", "make_demo"]
