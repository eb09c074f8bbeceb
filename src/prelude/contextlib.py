# SPDX-License-Identifier: MIT
"""Context managers made of functions, and a few ready ones."""
import functools
import sys

__all__ = ["asynccontextmanager", "contextmanager", "closing", "nullcontext", "AbstractContextManager",
           "AbstractAsyncContextManager", "AsyncExitStack", "ContextDecorator", "ExitStack",
           "redirect_stdout", "redirect_stderr", "suppress", "aclosing", "AsyncContextDecorator", "chdir"]


class AbstractContextManager:
    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        return None


class AbstractAsyncContextManager:
    async def __aenter__(self):
        return self

    async def __aexit__(self, exc_type, exc_value, traceback):
        return None


class ContextDecorator:
    """`with` around each call of a function."""

    def _entered(self):
        return self

    def __call__(self, func):
        @functools.wraps(func)
        def inner(*args, **kwds):
            with self._entered():
                return func(*args, **kwds)

        return inner


class AsyncContextDecorator:
    """`async with` around each call of a coroutine function."""

    def _entered(self):
        return self

    def __call__(self, func):
        @functools.wraps(func)
        async def inner(*args, **kwds):
            async with self._entered():
                return await func(*args, **kwds)

        return inner


class _Made:
    """A generator function called once: what `with` enters."""

    def __init__(self, *call):
        func, args, kwds = self._call = call
        self.gen = func(*args, **kwds)
        self.__doc__ = getattr(func, "__doc__", None)

    def _entered(self):
        """As a decorator: another generator for each call."""
        return type(self)(*self._call)


def _is_own(exc, value):
    """The exception that was thrown in came out again, bare or as the cause of a RuntimeError."""
    return exc is value or (isinstance(value, (StopIteration, StopAsyncIteration)) and exc.__cause__ is value)


class _GeneratorContextManager(_Made, ContextDecorator, AbstractContextManager):
    def __enter__(self):
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, typ, value, traceback):
        if typ is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        if value is None:
            value = typ()
        try:
            self.gen.throw(value)
        except StopIteration as exc:
            return exc is not value
        except BaseException as exc:
            if not _is_own(exc, value):
                raise
            exc.__traceback__ = traceback
            return False
        raise RuntimeError("generator didn't stop after throw()")


class _AsyncGeneratorContextManager(_Made, AsyncContextDecorator, AbstractAsyncContextManager):
    async def __aenter__(self):
        try:
            return await self.gen.__anext__()
        except StopAsyncIteration:
            raise RuntimeError("generator didn't yield") from None

    async def __aexit__(self, typ, value, traceback):
        if typ is None:
            try:
                await self.gen.__anext__()
            except StopAsyncIteration:
                return False
            raise RuntimeError("generator didn't stop")
        if value is None:
            value = typ()
        try:
            await self.gen.athrow(value)
        except StopAsyncIteration as exc:
            return exc is not value
        except BaseException as exc:
            if not _is_own(exc, value):
                raise
            exc.__traceback__ = traceback
            return False
        raise RuntimeError("generator didn't stop after athrow()")


def _making(kind):
    def decorator(func):
        @functools.wraps(func)
        def helper(*args, **kwds):
            return kind(func, args, kwds)

        return helper

    return decorator


contextmanager = _making(_GeneratorContextManager)
asynccontextmanager = _making(_AsyncGeneratorContextManager)


class closing(AbstractContextManager):
    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exc_info):
        self.thing.close()


class aclosing(AbstractAsyncContextManager):
    def __init__(self, thing):
        self.thing = thing

    async def __aenter__(self):
        return self.thing

    async def __aexit__(self, *exc_info):
        await self.thing.aclose()


class suppress(AbstractContextManager):
    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        pass

    def __exit__(self, kind, *rest):
        return kind is not None and issubclass(kind, self._exceptions)


class nullcontext(AbstractContextManager, AbstractAsyncContextManager):
    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, *excinfo):
        pass

    async def __aenter__(self):
        return self.enter_result

    async def __aexit__(self, *excinfo):
        pass


class _Swap(AbstractContextManager):
    """Something new for what `_old` gives and `_put` sets; may be entered within itself."""

    def __init__(self, new):
        self._new, self._before = new, []

    def __enter__(self):
        self._before.append(self._old())
        self._put(self._new)
        return self._new

    def __exit__(self, *exc_info):
        self._put(self._before.pop())


class redirect_stdout(_Swap):
    def _old(self):
        return sys.stdout

    def _put(self, stream):
        sys.stdout = stream


class redirect_stderr(_Swap):
    def _old(self):
        return sys.stderr

    def _put(self, stream):
        sys.stderr = stream


class chdir(_Swap):
    def _old(self):
        import os

        return os.getcwd()

    def _put(self, path):
        import os

        os.chdir(path)

    def __enter__(self):
        super().__enter__()


class _Stack:
    def __init__(self):
        self._callbacks = []

    def pop_all(self):
        new = type(self)()
        new._callbacks, self._callbacks = self._callbacks, []
        return new

    def _add(self, is_sync, exit):
        self._callbacks.append((is_sync, exit))

    def push(self, exit):
        method = getattr(type(exit), "__exit__", None)
        if method is None:
            self._add(True, exit)
        else:
            self._add(True, lambda *details: method(exit, *details))
        return exit

    def enter_context(self, cm):
        cls = type(cm)
        enter, leave = getattr(cls, "__enter__", None), getattr(cls, "__exit__", None)
        if enter is None or leave is None:
            raise TypeError("'%s.%s' object does not support the context manager protocol"
                            % (cls.__module__, cls.__qualname__))
        result = enter(cm)
        self._add(True, lambda *details: leave(cm, *details))
        return result

    def callback(self, callback, /, *args, **kwds):
        def leave(exc_type, exc, tb):
            callback(*args, **kwds)

        self._add(True, leave)
        return callback


def _details(exc):
    return (None, None, None) if exc is None else (type(exc), exc, exc.__traceback__)


class ExitStack(_Stack, AbstractContextManager):
    def __exit__(self, exc_type, exc, tb):
        given, swallowed = exc, False
        while self._callbacks:
            leave = self._callbacks.pop()[1]
            try:
                if leave(*_details(exc)):
                    exc, swallowed = None, True
            except BaseException as new:
                if exc is not None and new.__context__ is None and new is not exc:
                    new.__context__ = exc
                exc = new
        if exc is not None and exc is not given:
            raise exc
        return given is not None and swallowed and exc is None

    def close(self):
        self.__exit__(None, None, None)


class AsyncExitStack(_Stack, AbstractAsyncContextManager):
    async def enter_async_context(self, cm):
        cls = type(cm)
        result = await cls.__aenter__(cm)
        self._add(False, lambda *details: cls.__aexit__(cm, *details))
        return result

    def push_async_exit(self, exit):
        method = getattr(type(exit), "__aexit__", None)
        self._add(False, exit if method is None else lambda *details: method(exit, *details))
        return exit

    def push_async_callback(self, callback, /, *args, **kwds):
        async def leave(exc_type, exc, tb):
            await callback(*args, **kwds)

        self._add(False, leave)
        return callback

    async def __aexit__(self, exc_type, exc, tb):
        given, swallowed = exc, False
        while self._callbacks:
            is_sync, leave = self._callbacks.pop()
            try:
                result = leave(*_details(exc))
                if not is_sync:
                    result = await result
                if result:
                    exc, swallowed = None, True
            except BaseException as new:
                if exc is not None and new.__context__ is None and new is not exc:
                    new.__context__ = exc
                exc = new
        if exc is not None and exc is not given:
            raise exc
        return given is not None and swallowed and exc is None

    async def aclose(self):
        await self.__aexit__(None, None, None)
