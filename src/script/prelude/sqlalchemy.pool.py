# SPDX-License-Identifier: MIT
"""Pools: connections are opened when they are asked for, whatever the pool."""


class Pool:
    def __init__(self, *args, **kw):
        pass


class NullPool(Pool):
    pass


class QueuePool(Pool):
    pass


class StaticPool(Pool):
    pass


class SingletonThreadPool(Pool):
    pass


class AssertionPool(Pool):
    pass


class AsyncAdaptedQueuePool(QueuePool):
    pass


class FallbackAsyncAdaptedQueuePool(AsyncAdaptedQueuePool):
    pass
