# SPDX-License-Identifier: MIT
"""Executors that do each piece of work at once, in the caller's thread."""


class CancelledError(Exception):
    pass


TimeoutError = TimeoutError
FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"


class Future:
    _result = _exception = None

    def result(self, timeout=None):
        if self._exception is not None:
            raise self._exception
        return self._result

    def exception(self, timeout=None):
        return self._exception

    def done(self):
        return True

    def cancel(self):
        return False

    def cancelled(self):
        return False

    def add_done_callback(self, fn):
        fn(self)


class Executor:
    def __init__(self, *args, **kwargs):
        pass

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        try:
            future._result = fn(*args, **kwargs)
        except Exception as exc:
            future._exception = exc
        return future

    def map(self, func, *iterables, timeout=None, chunksize=1):
        return iter([func(*each) for each in zip(*iterables)])

    def shutdown(self, wait=True, *, cancel_futures=False):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *details):
        return False


class ThreadPoolExecutor(Executor):
    pass


class ProcessPoolExecutor(Executor):
    def __init__(self, *args, **kwargs):
        raise PermissionError("limbeck: scripts may not start processes (ProcessPoolExecutor)")


def as_completed(fs, timeout=None):
    return iter(list(fs))


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    return set(fs), set()
