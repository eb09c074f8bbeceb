# SPDX-License-Identifier: MIT
# What sys has beyond mod_sys.c: read when one of these names is asked for.


def _fields(*names):
    return {name: property(lambda self, index=index: self[index])
            for index, name in enumerate(names)}


class _Named(tuple):
    def __repr__(self):
        return 'sys.%s(%s)' % (self._name, ', '.join('%s=%r' % pair for pair in zip(self._names, self)))


def _make(name, names, values):
    body = _fields(*names)
    body['_name'] = name
    body['_names'] = names
    return type(name, (_Named,), body)(values)


version_info = _make('version_info', ('major', 'minor', 'micro', 'releaselevel', 'serial'),
                     (3, 11, 2, 'final', 0))
flags = _make('flags', ('debug', 'inspect', 'interactive', 'optimize', 'dont_write_bytecode',
                        'no_user_site', 'no_site', 'ignore_environment', 'verbose', 'bytes_warning',
                        'quiet', 'hash_randomization', 'isolated', 'dev_mode', 'utf8_mode',
                        'warn_default_encoding', 'safe_path', 'int_max_str_digits'),
              (0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, False, 1, 0, False, 4300))
float_info = _make('float_info', ('max', 'max_exp', 'max_10_exp', 'min', 'min_exp', 'min_10_exp',
                                  'dig', 'mant_dig', 'epsilon', 'radix', 'rounds'),
                   (1.7976931348623157e+308, 1024, 308, 2.2250738585072014e-308, -1021, -307, 15, 53,
                    2.220446049250313e-16, 2, 1))
int_info = _make('int_info', ('bits_per_digit', 'sizeof_digit', 'default_max_str_digits',
                              'str_digits_check_threshold'), (30, 4, 4300, 640))
hash_info = _make('hash_info', ('width', 'modulus', 'inf', 'nan', 'imag', 'algorithm', 'hash_bits',
                                'seed_bits', 'cutoff'),
                  (64, 2305843009213693951, 314159, 0, 1000003, 'siphash13', 64, 128, 0))


class _Implementation:
    name = 'limbeck'
    cache_tag = None
    version = version_info
    hexversion = 0x030b02f0


implementation = _Implementation()
stdlib_module_names = frozenset()
