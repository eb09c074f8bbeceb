# SPDX-License-Identifier: MIT
"""Coroutines run to completion: a loop that takes its tasks in turn, with no network and no threads.

A task is stepped until it awaits a future that is not done; then the next one runs. Sleeping costs no
time unless every task sleeps.
"""
import time as _time

__all__ = ["run", "gather", "wait", "wait_for", "sleep", "create_task", "ensure_future", "shield", "timeout",
           "get_event_loop", "get_running_loop", "new_event_loop", "set_event_loop", "iscoroutine",
           "iscoroutinefunction", "to_thread", "as_completed", "current_task", "all_tasks",
           "Future", "Task", "Queue", "Lock", "Event", "Semaphore", "BoundedSemaphore", "Runner",
           "AbstractEventLoop", "CancelledError", "TimeoutError", "InvalidStateError", "QueueEmpty", "QueueFull",
           "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"]

FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"
TimeoutError = TimeoutError


class CancelledError(BaseException):
    pass


class InvalidStateError(Exception):
    pass


class QueueEmpty(Exception):
    pass


class QueueFull(Exception):
    pass


_running = []
_current = []


def iscoroutine(obj):
    return type(obj).__name__ == "coroutine"


def iscoroutinefunction(func):
    import inspect

    return inspect.iscoroutinefunction(func)


class Future:
    def __init__(self, *, loop=None):
        self._state, self._result, self._exception, self._callbacks = "PENDING", None, None, []
        self._loop = loop or (_running[-1] if _running else None)

    def done(self):
        return self._state != "PENDING"

    def cancelled(self):
        return self._state == "CANCELLED"

    def result(self):
        if self._state == "CANCELLED":
            raise CancelledError()
        if self._state == "PENDING":
            raise InvalidStateError("Result is not set.")
        if self._exception is not None:
            raise self._exception
        return self._result

    def exception(self):
        if self._state == "CANCELLED":
            raise CancelledError()
        if self._state == "PENDING":
            raise InvalidStateError("Exception is not set.")
        return self._exception

    def _finish(self, state, result=None, exception=None):
        if self.done():
            raise InvalidStateError("invalid state")
        self._state, self._result, self._exception = state, result, exception
        callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback(self)

    def set_result(self, result):
        self._finish("FINISHED", result)

    def set_exception(self, exception):
        if isinstance(exception, type):
            exception = exception()
        self._finish("FINISHED", None, exception)

    def cancel(self, msg=None):
        if self.done():
            return False
        self._finish("CANCELLED")
        return True

    def add_done_callback(self, fn, *, context=None):
        if self.done():
            fn(self)
        else:
            self._callbacks.append(fn)

    def remove_done_callback(self, fn):
        before = len(self._callbacks)
        self._callbacks = [each for each in self._callbacks if each is not fn]
        return before - len(self._callbacks)

    def get_loop(self):
        return self._loop

    def __await__(self):
        if not self.done():
            yield self
        return self.result()

    __iter__ = __await__


class Task(Future):
    def __init__(self, coro, *, loop=None, name=None, context=None):
        super().__init__(loop=loop)
        self._coro, self._waiting, self._cancel = coro, None, False
        self._name = name or "Task-%d" % self._loop._next_name()
        self._loop._ready.append(self)
        self._loop._tasks.append(self)

    def get_name(self):
        return self._name

    def set_name(self, value):
        self._name = str(value)

    def get_coro(self):
        return self._coro

    def cancel(self, msg=None):
        if self.done():
            return False
        if self._waiting is not None and self._waiting.cancel():
            return True
        self._cancel = True
        if self not in self._loop._ready:
            self._loop._ready.append(self)
        return True

    def _wake(self, future):
        self._waiting = None
        self._loop._ready.append(self)

    def _step(self):
        _current.append(self)
        try:
            if self._cancel:
                self._cancel = False
                waited = self._coro.throw(CancelledError())
            else:
                waited = self._coro.send(None)
        except StopIteration as stop:
            self._end("FINISHED", stop.value)
        except CancelledError:
            self._end("CANCELLED")
        except BaseException as exc:
            self._end("FINISHED", None, exc)
            if not isinstance(exc, Exception):
                raise
        else:
            self._suspend(waited)
        finally:
            _current.pop()

    def _end(self, *how):
        self._loop._tasks = [task for task in self._loop._tasks if task is not self]
        self._finish(*how)

    def _suspend(self, waited):
        if waited is None:
            self._loop._ready.append(self)
        else:
            self._waiting = waited
            waited.add_done_callback(self._wake)


class AbstractEventLoop:
    def __init__(self):
        self._ready, self._tasks, self._timers, self._count, self._closed = [], [], [], 0, False

    def _next_name(self):
        self._count += 1
        return self._count

    def time(self):
        return _time.monotonic()

    def is_running(self):
        return self in _running

    def is_closed(self):
        return self._closed

    def close(self):
        self._closed = True

    def stop(self):
        self._ready = []

    def get_debug(self):
        return False

    def set_debug(self, enabled):
        pass

    def create_future(self):
        return Future(loop=self)

    def create_task(self, coro, *, name=None, context=None):
        return Task(coro, loop=self, name=name)

    def call_soon(self, callback, *args, context=None):
        return self.call_later(0, callback, *args)

    def call_later(self, delay, callback, *args, context=None):
        timer = _Timer(self.time() + delay, callback, args)
        self._timers.append(timer)
        self._timers.sort(key=lambda each: each.when)
        return timer

    def run_in_executor(self, executor, func, *args):
        future = Future(loop=self)
        try:
            future.set_result(func(*args))
        except Exception as exc:
            future.set_exception(exc)
        return future

    def _fire_timers(self, wait):
        self._timers = [timer for timer in self._timers if not timer.cancelled()]
        if wait and self._timers:
            _time.sleep(max(0, self._timers[0].when - self.time()))
        now = self.time()
        while self._timers and self._timers[0].when <= now:
            timer = self._timers.pop(0)
            timer.callback(*timer.args)

    def run_until_complete(self, future):
        if self._closed:
            raise RuntimeError("Event loop is closed")
        if _running:
            raise RuntimeError("This event loop is already running" if self in _running
                               else "Cannot run the event loop while another loop is running")
        main = ensure_future(future, loop=self)
        _running.append(self)
        try:
            while not main.done():
                if self._ready:
                    self._ready.pop(0)._step()
                    self._fire_timers(False)
                elif self._timers:
                    self._fire_timers(True)
                else:
                    raise RuntimeError("a coroutine waits for what never happens: limbeck serves no network "
                                       "and no threads")
        finally:
            _running.pop()
        return main.result()

    def run_forever(self):
        raise NotImplementedError("limbeck does not serve loop.run_forever")

    async def shutdown_asyncgens(self):
        pass

    async def shutdown_default_executor(self):
        pass


class _Timer:
    def __init__(self, when, callback, args):
        self.when, self.callback, self.args, self._cancelled = when, callback, args, False

    def cancel(self):
        self._cancelled = True

    def cancelled(self):
        return self._cancelled


BaseEventLoop = SelectorEventLoop = AbstractEventLoop
_default = []


def new_event_loop():
    return AbstractEventLoop()


def set_event_loop(loop):
    _default[:] = [loop] if loop is not None else []


def get_running_loop():
    if not _running:
        raise RuntimeError("no running event loop")
    return _running[-1]


def get_event_loop():
    if _running:
        return _running[-1]
    if not _default:
        _default.append(AbstractEventLoop())
    return _default[0]


def set_event_loop_policy(policy):
    pass


class DefaultEventLoopPolicy:
    pass


WindowsSelectorEventLoopPolicy = DefaultEventLoopPolicy


def run(main, *, debug=None, loop_factory=None):
    if _running:
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    if not iscoroutine(main):
        raise ValueError("a coroutine was expected, got {!r}".format(main))
    with Runner(debug=debug, loop_factory=loop_factory) as runner:
        return runner.run(main)


class Runner:
    def __init__(self, *, debug=None, loop_factory=None):
        """Another library's loop does what this one does."""
        made = loop_factory() if loop_factory else None
        self._loop = made if isinstance(made, AbstractEventLoop) else AbstractEventLoop()

    def __enter__(self):
        return self

    def __exit__(self, *details):
        self.close()

    def close(self):
        self._loop.close()

    def get_loop(self):
        return self._loop

    def run(self, coro, *, context=None):
        return self._loop.run_until_complete(coro)


def ensure_future(coro_or_future, *, loop=None):
    if isinstance(coro_or_future, Future):
        return coro_or_future
    if iscoroutine(coro_or_future):
        return Task(coro_or_future, loop=loop or get_event_loop())
    if hasattr(coro_or_future, "__await__"):
        async def wrap():
            return await coro_or_future

        return Task(wrap(), loop=loop or get_event_loop())
    raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")


def create_task(coro, *, name=None, context=None):
    return Task(coro, loop=get_running_loop(), name=name)


def current_task(loop=None):
    return _current[-1] if _current else None


def all_tasks(loop=None):
    return set((loop or get_running_loop())._tasks)


class _Pause:
    def __await__(self):
        yield None


async def sleep(delay, result=None):
    if delay <= 0:
        await _Pause()
        return result
    future = Future()
    timer = future._loop.call_later(delay, lambda: None if future.done() else future.set_result(result))
    try:
        return await future
    finally:
        timer.cancel()


def gather(*coros_or_futures, return_exceptions=False):
    loop = get_event_loop()
    outer = Future(loop=loop)
    children = [ensure_future(each, loop=loop) for each in coros_or_futures]
    if not children:
        outer.set_result([])

    def value_of(child):
        if child.cancelled():
            return CancelledError()
        return child.exception() if child.exception() is not None else child._result

    def finished(child):
        if outer.done():
            return
        failure = CancelledError() if child.cancelled() else child.exception()
        if failure is not None and not return_exceptions:
            outer.set_exception(failure)
        elif all(each.done() for each in children):
            outer.set_result([value_of(each) for each in children])

    for child in children:
        child.add_done_callback(finished)
    return outer


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    fs = set(ensure_future(each) for each in fs)
    waiter = Future()

    def finished(child):
        failed = not child.cancelled() and child.exception() is not None
        enough = (return_when == FIRST_COMPLETED or (return_when == FIRST_EXCEPTION and failed)
                  or all(each.done() for each in fs))
        if enough and not waiter.done():
            waiter.set_result(None)

    if timeout is not None:
        waiter._loop.call_later(timeout, lambda: None if waiter.done() else waiter.set_result(None))
    for each in fs:
        each.add_done_callback(finished)
    await waiter
    return set(each for each in fs if each.done()), set(each for each in fs if not each.done())


async def wait_for(fut, timeout):
    task = ensure_future(fut)
    if timeout is None:
        return await task
    done, pending = await wait([task], timeout=timeout)
    if pending:
        task.cancel()
        await _Pause()
        raise TimeoutError()
    return task.result()


def as_completed(fs, *, timeout=None):
    tasks = [ensure_future(each) for each in fs]

    async def next_done(taken):
        done, _ = await wait([task for task in tasks if task not in taken], return_when=FIRST_COMPLETED)
        first = [task for task in tasks if task in done][0]
        taken.append(first)
        return first.result()

    taken = []
    for _ in tasks:
        yield next_done(taken)


class timeout:
    def __init__(self, delay):
        self._delay, self._expired = delay, False

    async def __aenter__(self):
        task = current_task()

        def expire():
            self._expired = True
            task.cancel()

        self._timer = None if self._delay is None else task._loop.call_later(self._delay, expire)
        return self

    async def __aexit__(self, exc_type, exc, tb):
        if self._timer is not None:
            self._timer.cancel()
        if self._expired and exc_type is CancelledError:
            raise TimeoutError from exc

    def expired(self):
        return self._expired


def shield(arg):
    return ensure_future(arg)


async def to_thread(func, /, *args, **kwargs):
    return func(*args, **kwargs)


class Event:
    def __init__(self):
        self._set, self._waiters = False, []

    def is_set(self):
        return self._set

    def set(self):
        self._set = True
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(True)

    def clear(self):
        self._set = False

    async def wait(self):
        if not self._set:
            waiter = Future()
            self._waiters.append(waiter)
            await waiter
        return True


class Semaphore:
    def __init__(self, value=1):
        if value < 0:
            raise ValueError("Semaphore initial value must be >= 0")
        self._value, self._waiters = value, []

    def locked(self):
        return self._value == 0

    async def acquire(self):
        while self._value == 0:
            waiter = Future()
            self._waiters.append(waiter)
            await waiter
        self._value -= 1
        return True

    def release(self):
        self._value += 1
        while self._waiters:
            waiter = self._waiters.pop(0)
            if not waiter.done():
                waiter.set_result(None)
                break

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, exc_type, exc, tb):
        self.release()


BoundedSemaphore = Semaphore


class Lock(Semaphore):
    def __init__(self):
        super().__init__(1)

    def release(self):
        if self._value:
            raise RuntimeError("Lock is not acquired.")
        super().release()


class Queue:
    def __init__(self, maxsize=0):
        self._maxsize, self._items, self._changed, self._unfinished = maxsize, [], Event(), 0
        self._finished = Event()
        self._finished.set()

    @property
    def maxsize(self):
        return self._maxsize

    def qsize(self):
        return len(self._items)

    def empty(self):
        return not self._items

    def full(self):
        return 0 < self._maxsize <= len(self._items)

    def _notify(self):
        self._changed.set()
        self._changed.clear()

    def put_nowait(self, item):
        if self.full():
            raise QueueFull()
        self._items.append(item)
        self._unfinished += 1
        self._finished.clear()
        self._notify()

    def get_nowait(self):
        if not self._items:
            raise QueueEmpty()
        item = self._items.pop(0)
        self._notify()
        return item

    async def put(self, item):
        while self.full():
            await self._changed.wait()
        self.put_nowait(item)

    async def get(self):
        while not self._items:
            await self._changed.wait()
        return self.get_nowait()

    def task_done(self):
        if self._unfinished <= 0:
            raise ValueError("task_done() called too many times")
        self._unfinished -= 1
        if self._unfinished == 0:
            self._finished.set()

    async def join(self):
        await self._finished.wait()
