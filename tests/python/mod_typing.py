# SPDX-License-Identifier: MIT
"""typing: forms, aliases, unions, and what asks for their parts."""
import typing
from collections import OrderedDict, defaultdict
from collections.abc import Callable as AbcCallable, Mapping as AbcMapping, Sequence as AbcSequence
from typing import (TYPE_CHECKING, Annotated, Any, Callable, ClassVar, Dict, Final, ForwardRef, Generic, Iterable, List, Literal,
                    Mapping, NamedTuple, NewType, NoReturn, Optional, Protocol, Sequence, Set, Tuple, Type, TypedDict, TypeVar,
                    Union, cast, get_args, get_origin, get_type_hints, overload, runtime_checkable)


def tried(make):
    try:
        print(repr(make()))
    except Exception as error:
        print(type(error).__name__ + ':', error)


T = TypeVar('T')
print(TYPE_CHECKING, List[int], Dict[str, int], Optional[int], Union[int, str], Union[int, str, None], Tuple[int, ...], Set[str])
print(Sequence[str], Union[str, Sequence[str], None], Iterable[T], Mapping[str, Any], Type[int], Callable[[int, str], bool], Callable[..., Any])
print(list[int], dict[str, list[int]], int | None, str | int | None, list[int] | None, 'X' and Optional['Foo'], tuple[()], type[int])
print(AbcSequence[str], AbcCallable[[int], str], AbcMapping[str, int], Literal['a', 1], Annotated[int, 'x', 5], ClassVar[int], Final[str])
print(T, TypeVar('A', bound=int), TypeVar('B', covariant=True), TypeVar('C', int, str).__constraints__, T.__name__, T.__bound__)
print(Any, Optional, Union, List, Callable, NoReturn, Sequence, ClassVar, Literal)
for tp in (List[int], Dict[str, int], Optional[int], Union[int, str], int | None, list[int], Tuple[int, ...], Callable[[int], str], Callable[..., str],
           Literal[1, 'a'], ClassVar[int], AbcCallable[[int], str], Sequence[str], int, List, None, Type[int], T):
    print(tp, get_origin(tp), get_args(tp))
print(Union[int], Union[int, int], Union[int, Union[str, int]], Optional[Optional[int]], Union[None, int], Optional[None])
print(Union[int, str] == Union[str, int], Optional[int] == Union[int, None], (int | str) == Union[int, str], List[int] == List[int], List[int] == List[str])
print(hash(Union[int, str]) == hash(Union[str, int]), {List[int]: 1}[List[int]], list[int] == list[int], list[int] == list[str], List[int] == list[int])
print((int | None).__args__, list[int].__origin__, list[int].__args__, List[int].__origin__, Dict[str, T].__parameters__, Annotated[int, 'm'].__metadata__)
print(Dict[str, T][int], Union[T, None][str], List[List[T]][int], list[T][int])
print(isinstance(5, int | str), isinstance('x', int | None), isinstance(None, int | None), isinstance([], typing.List), isinstance((), Sequence), issubclass(dict, Mapping), isinstance(5, Union[int, str]))
tried(lambda: List[int]())
tried(lambda: List())
print(typing.Deque[int]([1]), list[int]((1, 2)), dict[str, int](a=1), cast(int, 'x'), cast('Foo', 3))
tried(lambda: isinstance([], List[int]))
tried(lambda: isinstance([], list[int]))
tried(lambda: Union())
tried(lambda: List[int][str])
tried(lambda: int | 5)
tried(lambda: Any[int])

UserId = NewType('UserId', int)
print(UserId(5), UserId.__name__, UserId.__supertype__, ForwardRef('X'), ForwardRef('X') == ForwardRef('X'), Optional['X'])


class Box(Generic[T]):
    def __init__(self, item: T):
        self.item = item


class IntBox(Box[int]):
    pass


print(Box[int](5).item, Box[int], IntBox(6).item, Box.__mro__[-2:] == (Generic, object), IntBox.__orig_bases__, get_origin(Box[int]) is Box, get_args(Box[int]))
print(Box.__orig_bases__, IntBox.__mro__[1] is Box)


class Point(NamedTuple):
    """A point."""
    x: int
    y: int = 5

    def total(self):
        return self.x + self.y


p = Point(1)
print(p, p.x, p.total(), p._replace(x=9), p == (1, 5), Point._fields, Point._field_defaults, p._asdict(), Point.__annotations__, isinstance(p, tuple), Point.__doc__)
Pair = NamedTuple('Pair', [('a', int), ('b', str)])
print(Pair(1, 'x'), Pair.__annotations__)
tried(lambda: Point())


class Movie(TypedDict):
    name: str
    year: int


class More(Movie, total=False):
    rating: float


m = Movie(name='x', year=1)
print(m, type(m), Movie.__annotations__, More.__annotations__, sorted(More.__required_keys__), sorted(More.__optional_keys__), Movie.__total__, More.__total__)
print(TypedDict('Alt', {'a': int})(a=1), typing.is_typeddict(Movie), typing.is_typeddict(dict))


@runtime_checkable
class Closes(Protocol):
    def close(self) -> None: ...


class File:
    def close(self):
        pass


print(isinstance(File(), Closes), isinstance(5, Closes), issubclass(File, Closes))
tried(lambda: Closes())


class Plain(Protocol):
    x: int


tried(lambda: isinstance(5, Plain))


class Real(Plain):
    x = 1


print(Real().x, Real.__mro__[1] is Plain)


class Hinted:
    a: int
    b: 'Optional[str]' = None
    c: 'List[Hinted]'
    d: Annotated[int, 'meta'] = 1


class Child(Hinted):
    e: 'int | None'


print(get_type_hints(Hinted), get_type_hints(Child)['e'], get_type_hints(Hinted, include_extras=True)['d'])


def function(a: int, b: 'str' = 'x') -> Optional[int]:
    return None


print(get_type_hints(function), function.__annotations__)


@overload
def either(x: int) -> int: ...
@overload
def either(x: str) -> str: ...
def either(x):
    return x


print(either(1), typing.Text is str, typing.AnyStr, OrderedDict[str, int], defaultdict[str, list], typing.DefaultDict[str, int], typing.OrderedDict)
print(isinstance(5, typing.SupportsInt), isinstance('x', typing.SupportsInt), typing.Pattern[str], typing.Self, typing.get_origin(Generic[T]) is Generic)
