from contextlib import *
import asyncio
@contextmanager
def cm(x):
    print('in',x)
    try:
        yield x*2
    except ValueError as e: print('caught',e)
    finally: print('out')
with cm(2) as v: print(v)
with cm(3): raise ValueError('q')
try:
    with cm(4): raise KeyError('k')
except KeyError as e: print('K',e, e.__context__)
try:
    with cm(5): raise StopIteration('s')
except StopIteration as e: print('S', e)
@cm(7)
def f(): print('f')
f(); f()
with suppress(KeyError): {}['a']
with ExitStack() as st:
    st.enter_context(cm(1)); st.callback(print,'cb'); st.enter_context(suppress(ValueError)); raise ValueError
try:
    with ExitStack() as st:
        st.callback(lambda: 1/0); raise KeyError(1)
except ZeroDivisionError as e: print(repr(e), repr(e.__context__))
@asynccontextmanager
async def acm():
    print('ain'); yield 5; print('aout')
async def main():
    async with acm() as v: print(v)
    async with AsyncExitStack() as s:
        print(await s.enter_async_context(acm())); s.push_async_callback(asyncio.sleep,0)
asyncio.run(main())
@contextmanager
def n():
    return
    yield
try:
    with n(): pass
except RuntimeError as e: print(e)
with nullcontext(4) as q, closing(open('/dev/null')) as f: print(q)
import io, sys
b=io.StringIO()
with redirect_stdout(b): print('hid')
print(repr(b.getvalue()))
