# SPDX-License-Identifier: MIT
import string

print(string.ascii_letters, string.Template("$a ${b} $$").substitute(a=1,b=2), string.capwords("ab cd"))
