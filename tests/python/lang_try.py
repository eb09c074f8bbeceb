# The ways through try, except, else and finally.
def trace(n):
    log = []

    def run():
        for i in range(3):
            try:
                log.append(("body", i))
                if n == 0:
                    continue
                if n == 1:
                    break
                if n == 2:
                    return "returned"
                if n == 3:
                    raise ValueError(n)
                if n == 4:
                    raise KeyError(n)
            except ValueError as e:
                log.append(("except", str(e)))
            else:
                log.append("else")
            finally:
                log.append("finally")
                if n == 5:
                    return "from finally"
                if n == 6:
                    break
        else:
            log.append("loop else")
        return "end"
    try:
        log.append(run())
    except KeyError as e:
        log.append(("outer", repr(e)))
    return log


for n in range(8):
    print(n, trace(n))


def nested():
    try:
        try:
            raise ValueError("inner")
        except ValueError as e:
            raise TypeError("second") from e
        finally:
            print("inner finally")
    except TypeError as e:
        print(repr(e), repr(e.__cause__), e.__suppress_context__)
        try:
            raise KeyError("third")
        except KeyError as f:
            print(repr(f.__context__))
        try:
            raise
        except TypeError as again:
            print(again is e)
    try:
        e
    except UnboundLocalError as gone:
        print(gone)


nested()


def finally_overrides():
    for i in range(2):
        try:
            try:
                return "a"
            finally:
                continue
        finally:
            print("out", i)
    return "b"


print(finally_overrides())


def swallow():
    try:
        raise ValueError
    finally:
        return "swallowed"


print(swallow())


def return_value_is_kept():
    x = [1]
    try:
        return x
    finally:
        x.append(2)
        for _ in range(2):
            try:
                x.append(3)
            finally:
                x.append(4)


print(return_value_is_kept())


def loops_in_handlers():
    out = []
    for i in range(3):
        try:
            raise ValueError(i)
        except (KeyError, ValueError) as e:
            if i == 1:
                continue
            out.append(str(e))
            for j in range(2):
                try:
                    raise KeyError
                except KeyError:
                    break
                finally:
                    out.append("f")
    while True:
        try:
            break
        finally:
            out.append("w")
    return out


print(loops_in_handlers())


def bare():
    try:
        1 / 0
    except:
        import sys
        return sys.exc_info()[0].__name__


print(bare())


def no_match():
    try:
        try:
            1 / 0
        except KeyError:
            print("no")
        except (TypeError, ValueError):
            print("no")
    except ZeroDivisionError as e:
        return str(e)


print(no_match())


class Error(Exception):
    def __init__(self, code, *args):
        super().__init__(code, *args)
        self.code = code


try:
    raise Error(3, "x") from None
except Error as e:
    print(e.code, e.args, e.__cause__, e.__suppress_context__)


def gen():
    try:
        yield 1
        yield 2
    except ValueError as e:
        yield "caught " + str(e)
    finally:
        print("gen finally")


g = gen()
print(next(g), g.throw(ValueError("v")))
try:
    next(g)
except StopIteration as e:
    print("stop", e.value)
g = gen()
next(g)
g.close()


def except_star_name_unbound():
    e = "outer"
    try:
        raise ValueError
    except ValueError as e:
        pass
    return "e" in locals()


print(except_star_name_unbound())
try:
    assert 1 == 2, "message %d" % 5
except AssertionError as e:
    print("assert", e)
try:
    assert []
except AssertionError as e:
    print("assert", repr(e))
try:
    try:
        raise ValueError(1)
    except ValueError:
        undefined_name
except NameError as e:
    print(e, repr(e.__context__))


def deep_return():
    for a in range(3):
        for b in range(3):
            try:
                with_list = [a, b]
                for c in with_list:
                    try:
                        if c == 1:
                            return a, b, c
                    finally:
                        print("x", a, b, c)
            finally:
                print("y", a, b)


print(deep_return())
