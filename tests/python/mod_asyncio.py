import asyncio
async def f(n, d=0):
    await asyncio.sleep(d); return n
async def boom():
    await asyncio.sleep(0); raise ValueError("boom")
async def main():
    print(await f(1), await asyncio.gather(f(2,0.01), f(3), f(4,0.005)))
    t = asyncio.create_task(f(5)); print(t.done()); print(await t, t.done())
    print(await asyncio.gather(boom(), f(6), return_exceptions=True))
    try: await asyncio.gather(boom(), f(6))
    except ValueError as e: print(e)
    try: await asyncio.wait_for(f(1, 5), 0.01)
    except asyncio.TimeoutError as e: print('timeout', repr(e))
    q = asyncio.Queue(2); out=[]
    async def producer():
        for i in range(5): await q.put(i)
        await q.put(None)
    async def consumer():
        while (i := await q.get()) is not None: out.append(i)
    await asyncio.gather(producer(), consumer()); print(out)
    async with asyncio.Lock(): print('locked')
    t = asyncio.create_task(f(1,10)); await asyncio.sleep(0); t.cancel()
    try: await t
    except asyncio.CancelledError: print('cancelled', t.cancelled())
    async def agen():
        for i in range(3):
            await asyncio.sleep(0); yield i
    print([x async for x in agen()], [x async for x in agen() if x])
    done, pending = await asyncio.wait([asyncio.create_task(f(1)), asyncio.create_task(f(2,3))], return_when=asyncio.FIRST_COMPLETED)
    print(len(done), len(pending)); [p.cancel() for p in pending]
    try:
        async with asyncio.timeout(0.01): await asyncio.sleep(3)
    except TimeoutError: print('t')
    return 'end'
print(asyncio.run(main()))
loop = asyncio.new_event_loop(); print(loop.run_until_complete(f(9))); loop.close()
try: asyncio.run(3)
except ValueError as e: print(e)
