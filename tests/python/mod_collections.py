# SPDX-License-Identifier: MIT
import collections

d=collections.defaultdict(list); d["a"].append(1); print(d, d["b"], dict(d))
o=collections.OrderedDict(a=1,b=2); o.move_to_end("a"); print(o, o.popitem(last=False), list(o))
q=collections.deque([1,2,3],maxlen=3); q.append(4); q.appendleft(0); print(q, q.popleft(), q[0], len(q))
cnt=collections.Counter("hello"); cnt.update("l"); print(cnt, cnt["z"], cnt-collections.Counter("l"), sorted(cnt.elements()))
P=collections.namedtuple("P","x y"); p=P(1,y=2); print(p, p.x, p._asdict(), P._fields, p==(1,2), p._replace(y=5), [*p])
try: P(1)
except TypeError as e: print(e)
m=collections.ChainMap({"a":1},{"a":2,"b":3}); print(m["a"], m["b"], dict(m), m)
