# SPDX-License-Identifier: MIT


class _Feature:
    def __init__(self, optional, mandatory, flag):
        self.optional, self.mandatory, self.compiler_flag = optional, mandatory, flag

    def getOptionalRelease(self):
        return self.optional

    def getMandatoryRelease(self):
        return self.mandatory

    def __repr__(self):
        return "_Feature(%r, %r, %r)" % (self.optional, self.mandatory, self.compiler_flag)


# a name, the release that had it first, the one that has it always, the bit of the compiler's flags
_FEATURES = [
    ("nested_scopes", (2, 1, 0, "beta", 1), (2, 2, 0, "alpha", 0), 4),
    ("generators", (2, 2, 0, "alpha", 1), (2, 3, 0, "final", 0), None),
    ("division", (2, 2, 0, "alpha", 2), (3, 0, 0, "alpha", 0), 17),
    ("absolute_import", (2, 5, 0, "alpha", 1), (3, 0, 0, "alpha", 0), 18),
    ("with_statement", (2, 5, 0, "alpha", 1), (2, 6, 0, "alpha", 0), 19),
    ("print_function", (2, 6, 0, "alpha", 2), (3, 0, 0, "alpha", 0), 20),
    ("unicode_literals", (2, 6, 0, "alpha", 2), (3, 0, 0, "alpha", 0), 21),
    ("barry_as_FLUFL", (3, 1, 0, "alpha", 2), (4, 0, 0, "alpha", 0), 22),
    ("generator_stop", (3, 5, 0, "beta", 1), (3, 7, 0, "alpha", 0), 23),
    ("annotations", (3, 7, 0, "beta", 1), None, 24),
]
all_feature_names = [row[0] for row in _FEATURES]
for _name, _optional, _mandatory, _bit in _FEATURES:
    globals()[_name] = _Feature(_optional, _mandatory, 0 if _bit is None else 1 << _bit)
