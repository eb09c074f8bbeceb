# SPDX-License-Identifier: MIT
CASES = [
    'NotImplemented()',
    '(lambda:0).__name__',
    'None==None',
    'not []',
    '()+[]',
    '(lambda v: v[0])(None)',
]
for case in CASES:
    try:
        print(case, '->', repr(eval(case)))
    except Exception as error:
        print(case, '!!', type(error).__name__, error)
