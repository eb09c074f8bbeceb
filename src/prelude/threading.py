# SPDX-License-Identifier: MIT
"""One thread: locks and local data are served, starting another is refused by name."""


class local:
    pass


class Lock:
    _again = False

    def __init__(self):
        self._held = 0

    def acquire(self, blocking=True, timeout=-1):
        if self._held and not self._again:
            if blocking and timeout < 0:
                raise RuntimeError("limbeck: a lock that is held is acquired again: this would wait for ever")
            return False
        self._held += 1
        return True

    def release(self):
        if not self._held:
            raise RuntimeError("cannot release un-acquired lock" if self._again else "release unlocked lock")
        self._held -= 1

    def locked(self):
        return bool(self._held)

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *details):
        self.release()


class RLock(Lock):
    _again = True


class Semaphore(Lock):
    def __init__(self, value=1):
        self._free = value

    def acquire(self, blocking=True, timeout=None):
        if not self._free:
            return False
        self._free -= 1
        return True

    def release(self, n=1):
        self._free += n


BoundedSemaphore = Semaphore


class Event:
    def __init__(self):
        self._flag = False

    def is_set(self):
        return self._flag

    def set(self):
        self._flag = True

    def clear(self):
        self._flag = False

    def wait(self, timeout=None):
        return self._flag


class Condition(RLock):
    def __init__(self, lock=None):
        super().__init__()

    def notify(self, n=1):
        pass

    def notify_all(self):
        pass


class Thread:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        self.name, self.daemon = name or "Thread-1", bool(daemon)

    def start(self):
        raise PermissionError("limbeck: scripts may not start threads (threading.Thread.start)")

    def is_alive(self):
        return False


class Timer(Thread):
    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__()


class _MainThread(Thread):
    ident = native_id = 1

    def is_alive(self):
        return True


_main = _MainThread(name="MainThread")


def current_thread():
    return _main


def main_thread():
    return _main


def get_ident():
    return _main.ident


def active_count():
    return 1


def enumerate():
    return [_main]
