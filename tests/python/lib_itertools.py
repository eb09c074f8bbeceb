# SPDX-License-Identifier: MIT
import itertools

print(list(itertools.chain([1],[2,3])), list(itertools.chain.from_iterable([[1],[2]])), list(itertools.islice(itertools.count(5,2),3)), list(itertools.product("ab",[1,2])), list(itertools.combinations("abc",2)), list(itertools.combinations_with_replacement("ab",2)), list(itertools.permutations("abc",2)))
print([(k,list(v)) for k,v in itertools.groupby("aabbc")], list(itertools.accumulate([1,2,3])), list(itertools.zip_longest("ab","c",fillvalue="-")), list(itertools.pairwise([1,2,3])), list(itertools.starmap(pow,[(2,3)])), list(itertools.takewhile(lambda x:x<3,range(9))), list(itertools.dropwhile(lambda x:x<7,range(9))), list(itertools.filterfalse(None,[0,1])), list(itertools.repeat(1,2)), [list(t) for t in itertools.tee([1,2])], list(itertools.compress("abc",[1,0,1])), list(itertools.islice(itertools.cycle("ab"),5)), list(itertools.islice("abcdef",1,5,2)))
