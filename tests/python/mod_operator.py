# SPDX-License-Identifier: MIT
import operator

print(operator.itemgetter(1,0)("ab"), operator.attrgetter("real")(5), operator.methodcaller("upper")("a"), operator.add(1,2))
