from pathlib import *
import os
def show(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
for t in ['/a/b.tar.gz','a','.','/','','..','a/../b','//x/y','///z','a/.hidden','x.','a/b/','~/q']:
    p=PurePosixPath(t); print(repr(p),p.name,p.stem,p.suffix,p.suffixes,repr(p.parent),p.parts,p.root,p.is_absolute(),[str(x) for x in p.parents])
P=Path
show(lambda: P('a')/'b'/P('/c')); show(lambda: 'x'/P('y')); show(lambda: P('a')==P('a/')); show(lambda: P('a')<P('b')); show(lambda: hash(P('a'))==hash(P('a')))
show(lambda: P('/a/b').relative_to('/a')); show(lambda: P('/a/b').relative_to('/c')); show(lambda: P('a/b.py').with_suffix('.txt')); show(lambda: P('/').with_name('x')); show(lambda: P('a').with_suffix('x'))
