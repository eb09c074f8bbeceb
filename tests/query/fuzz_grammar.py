# SPDX-License-Identifier: MIT
"""What generated queries are made of: rows of source with holes.

`$n` is an expression of a kind, `$.n` a column of it, `$<a|b>` one of some texts, `$sub` a SELECT of its own.
Kinds: n number, w whole number, s text, b condition, T date and time, D date, H time of day, I interval,
j JSON, g UUID, y bytes, e enumeration, a array of whole numbers, x array of texts. A row that begins with
`pg ` is of PostgreSQL alone, with `lite ` of SQLite alone.
"""

# Columns of the tables by kind.
COLUMNS = {
    "u": {"n": "u.id u.age u.score u.balance", "w": "u.id u.age", "s": "u.name u.email", "b": "u.active", "T": "u.created",
          "D": "u.born", "j": "u.data", "e": "u.color"},
    "o": {"n": "o.id o.user_id o.total", "w": "o.id o.user_id", "s": "o.note", "T": "o.placed"},
    "i": {"n": "i.order_id i.line i.qty", "w": "i.line i.qty", "s": "i.sku"},
    "k": {"n": "k.id k.small k.ratio k.big", "w": "k.id k.owner k.small", "s": "k.kind", "T": "k.stamp", "D": "k.made",
          "H": "k.at", "I": "k.span", "j": "k.doc k.info", "g": "k.uid k.uid_text", "y": "k.raw", "e": "k.mood",
          "a": "k.nums", "x": "k.tags"},
    "ua": {"n": "ua.c.id ua.c.age ua.c.score", "w": "ua.c.id ua.c.age", "s": "ua.c.name", "b": "ua.c.active", "D": "ua.c.born",
           "e": "ua.c.color"},
}
TABLES = {"u": "users", "o": "orders", "i": "items", "k": "things", "ua": "ua"}

# What stands for a column where nothing in scope is of the kind.
LITERALS = {
    "n": "literal($<1|2|7|2.5|-3>)", "w": "literal($<1|2|4|-3>)", "s": "literal('$<x|ann|%|>')", "b": "$<true()|false()|literal(True)>",
    "T": "literal(MOMENT)", "D": "literal(DAY)", "H": "literal(MOMENT.time())", "I": "literal(SPAN)", "j": "literal([1, 'a'], JSON)",
    "g": "literal(str(KEY))", "y": "literal(b'\\x00q')", "e": "literal('ok')", "a": "literal([1, 2])", "x": "literal(['a', 'b'])",
}

N = """
$.n
$.n
$.n
$w
literal($<1|2|7|2.5|-3>)
($n $<+|-|*> $n)
($n $<+|-|*> $<1|2|5|8>)
($<1|3|10> $<+|-|*> $n)
($n / $<2|4|2.5>)
($w // $<2|3>)
(-$n)
func.coalesce($n, $n)
func.coalesce($n, $<0|1>)
case(($b, $n), else_=$n)
case(($b, $n), ($b, $n), else_=$<0|5>)
case(($b, $n))
case({1: 10, 2: 20}, value=$w, else_=$<0|$n>)
func.abs($n)
cast($n, $<Integer|Numeric(10, 2)|Float|BigInteger>)
type_coerce($n, $<Integer|Float|Numeric(10, 1)>)
func.nullif($n, $<1|5>)
bindparam(None, $<3|4.5>)
bindparam('p', $<3|4>, unique=True)
$n.op('+')($<1|2>)
$n.op('*', precedence=8)($n) + 1
$agg_sub
$j_n
""".split("\n")

W = """
$.w
$.w
$.w
($.w $<+|-|*> $<1|2|3>)
($w % $<2|3|4|5>)
func.length($s)
cast($w, Integer)
extract('$<year|month|day>', $D)
extract('$<hour|minute>', $T)
($w).bitwise_and($<1|3>)
($w).bitwise_or($<1|4>)
($w).bitwise_xor($<1|4>)
($w).bitwise_lshift(1)
$w.op('&')(3)
$w.op('|')($.w)
case((($.w) > 3, $.w), else_=$.w)
literal($<1|2|7|-3>, Integer)
literal_column('$<1|2 + 3>', Integer)
pg func.greatest($w, $w)
pg func.array_length($.a, 1)
pg $.a[$<1|2>]
pg func.cardinality($.a)
pg func.date_part('day', $T)
pg ($D - DAY)
lite func.json_array_length($.j)
lite func.instr($s, 'a')
$sub_w
""".split("\n")

S = """
$.s
$.s
$.s
($s + '$<x|%|q;>')
($s + $s)
($s).concat($s)
('<' + $s)
func.$<lower|upper|trim|ltrim>($s)
func.coalesce($s, '$<|none|%s>')
func.substr($s, $<1|2>, $<1|2|3>)
cast($.w, $<String|Text|String(5)>)
func.replace($s, 'a', '$<b|%|:c>')
case(($b, $s), else_='$<e|f%>')
case({'ann': 'A', 'bob': 'B'}, value=$.s, else_=$s)
func.nullif($s, '')
literal('$<x|:y|%d|?>')
literal("$<it's|\\\\>")
collate($.s, '$coll')
$.s.collate('$coll')
type_coerce($.s, String(3))
$j_s
pg func.concat($s, $w)
pg func.left($s, $<1|2>)
pg func.split_part($.s, '$<a|@>', 1)
pg $.x[$<1|2>]
pg func.array_to_string($.x, ',')
pg func.to_char($T, 'YYYY-MM')
pg $.s.regexp_replace('$<a|[a-m]>', 'Z')
pg cast($.g, String)
lite func.hex($.y)
lite func.strftime('%Y-%m', $T)
lite func.typeof($n)
""".split("\n")

B = """
($n $cmp $n)
($n $cmp $<0|7|2.5|30>)
($w $cmp $<0|3|12>)
($s $cmp '$<ann|x|%||O\\'Hara>')
($s == $s)
$.s.$<is_|is_not|isnot>(None)
$.w.$<is_|is_not>(None)
($.s $<==|!=> None)
$.b
(~$.b)
($.b == $<True|False>)
$.b.$<is_|is_not>($<True|False|None|true()>)
($.T $cmp MOMENT)
($.D $cmp DAY)
($.D $cmp func.coalesce($.D, DAY))
($.T.between(dt.datetime(2020, 3, 1), dt.datetime(2020, 9, 1, 12)))
($.H $cmp dt.time(10, 30))
($.e $<==|!=> $enum)
$.e.in_([$enum, $enum])
($.y == b'\\x01\\x00\\xff\\'')
($.g $<==|!=> $key)
$.g.in_([$key])
$.w.$<in_|not_in|notin_>([$<1|2|5>, $<3|8>, $<4|13>])
$.w.$<in_|not_in>([])
$.s.$<in_|not_in>(['$<ann|x|yy>', '$<s1|bob>', '%'])
$.s.in_([])
$.w.in_([1, None])
tuple_($.w, $.w).$<in_|not_in>([(1, 7), ($<2|3>, $<2|14>)])
tuple_($.w, $.s).in_([])
tuple_($.w, $.s).in_([(1, 'ann'), (2, 'x')])
$.w.in_($sub1)
$.w.$<in_|not_in>($sub1)
tuple_($.w, $.w).in_($sub2)
$.w $cmp $scalar
$exists
(~$exists)
$.s.$<like|not_like|notlike|ilike|not_ilike>('$<%a%|a_n|%|x%|%O>')
$.s.like('$<%!%%|a!_%>', escape='!')
$.s.$<startswith|endswith|contains>('$<a|%|_|r>'$<|, autoescape=True>)
$.s.$<istartswith|iendswith|icontains>('$<a|N|_>'$<|, autoescape=True>)
$.s.$<startswith|contains>($.s)
$.n.between($.n, $<5|20|40>)
(~$.n.between(1, $<5|20>))
between($.n, 1, $n)
(~$b)
not_($b)
$w.$<is_distinct_from|is_not_distinct_from>($<None|3|$.w>)
and_($b, $b)
or_($b, $b)
and_($b, or_($b, $b), $b)
($b & $b)
($b | $b)
($b & ($b | ~$b))
and_(True, $b)
or_(False, $b)
and_(*[$b])
func.coalesce($b, $<False|True>)
case(($b, $<True|literal(False)>), else_=$b)
pg ($w == $<any_|all_>($scalar))
$.s.op('$<=|LIKE>')('$<ann|a%>')
$.s.bool_op('=')('ann')
$w.in_(bindparam(None, [1, 2], expanding=True))
null().is_($<None|null()>)
literal(1) == 1
$j_b
pg ($.w == any_(array([1, 2, 3])))
pg ($.w == func.any(array([1, 4])))
pg $.a.contains([$<1|2|5>])
pg $.a.contained_by([1, 2, 3, 4])
pg $.a.overlap([$<1|7>, 4])
pg $.a.any($<1|5>)
pg ($<1|4> == any_($.a))
pg ($<1|4> $cmp all_($.a))
pg $.x.contains(["$<a|b'>"])
pg $.x.any('a')
pg ($.a == [0, 1])
pg ($.I $cmp SPAN)
pg ($.T + SPAN > MOMENT)
pg $.s.$<regexp_match|op('~')>('$<^a|[a-c]>')
pg $.s.op('~*')('$<B|^A>')
pg func.starts_with($s, 'a')
lite $.s.op('GLOB')('$<a*|?o*>')
""".split("\n")

T = """
$.T
$.T
func.coalesce($T, MOMENT)
literal(MOMENT)
case(($b, $T), else_=$T)
pg ($T + SPAN)
pg ($T - literal(SPAN))
pg func.date_trunc('month', $T)
pg cast($D, DateTime)
type_coerce($T, DateTime)
""".split("\n")

D = """
$.D
$.D
func.coalesce($D, DAY)
literal(DAY)
case(($b, $D), else_=DAY)
pg cast($T, Date)
pg ($D + $<1|$.w>)
func.date($T, type_=$<Date|String>)
""".split("\n")

OTHER = {
    "H": ["$.H", "func.coalesce($.H, dt.time(1, 2))", "pg cast($T, sa.Time)"],
    "I": ["$.I", "literal(SPAN)", "pg ($.T - MOMENT)", "pg ($.I * 2)", "pg func.coalesce($.I, SPAN)", "pg ($.I + SPAN)"],
    "g": ["$.g", "pg cast('00000000-0000-0000-0000-00000000000a', postgresql.UUID(as_uuid=$<True|False>))", "func.coalesce($.g, $.g)"],
    "y": ["$.y", "literal(b'a\\x00')", "func.coalesce($.y, b'')", "cast($.s, LargeBinary)"],
    "e": ["$.e", "func.coalesce($.e, $.e)", "cast($.e, String)", "case(($b, $.e))"],
    "a": ["$.a", "pg ($.a + [9])", "pg array([$w, $w])", "pg func.array_append($.a, $.w)", "pg $.a[1:2]", "pg func.array_cat($.a, [1])",
          "pg array([1, 2]) + array([$.w])", "pg cast(array([]), ARRAY(Integer))", "pg func.array_remove($.a, 1)"],
    "x": ["$.x", "pg array([$s, $s])", "pg func.string_to_array($s, 'a')", "pg ($.x + ['z'])"],
    "j": ["$.j", "$.j", "u.data['$<k|l|s|no>']", "$J['$<k|l|a>']", "$J[0]", "$J[('a', 'b')]", "pg k.info.concat({'z': 1})", "pg (k.info - 'k')",
          "pg k.info.op('#-')('{l,0}')", "pg func.to_jsonb($w)", "pg cast(k.doc, JSONB)", "pg func.jsonb_build_object('a', $n)",
          "pg func.row_to_json(text('things'))", "cast({'a': [$<1|None>]}, JSON)", "type_coerce($.j, JSON)['k']",
          "pg func.jsonb_set(k.info, '{k}', '5')", "func.coalesce($.j, $.j)", "lite func.json_extract($.j, '$$.k')",
          "literal({'a': 1}, JSON)", "pg k.info.path_query_array('$$.l[*]') if hasattr(k.info, 'path_query_array') else $.j"],
    "J": ["u.data", "k.doc", "k.info"],
    "j_n": ["$J['k'].as_integer()", "$J['$<k|no>'].as_float()", "$J[('l', 1, 'm')].as_integer()", "$J[('a', 'b', 0)].as_integer()",
            "pg cast(k.info['k'].astext, Integer)", "pg k.info['k'].astext.cast(Integer)", "pg $J['k'].as_numeric(10, 2)", "$.w"],
    "j_s": ["$J['$<s|tag|no>'].as_string()", "$J[('l', 0)].as_string()", "$J['l'][0].as_string()", "pg k.info['$<s|k>'].astext",
            "pg k.info[('l', '0')].astext", "pg k.info['l'][0].astext", "cast($J['s'], String)", "$.s"],
    "j_b": ["$J['$<k|no>'].as_boolean()", "($J['s'].as_string() == 'ann')", "($J['k'] == JSON.NULL)", "($J['k'].as_integer() $cmp 2)",
            "pg k.info.has_key('$<k|no>')", "pg k.info.contains({'$<k|tag>': $<1|'t1'>})", "pg k.info.has_any(array(['k', 'q']))",
            "pg k.info.has_all(array(['k', 'tag']))", "pg k.info.contained_by({'k': 1})", "pg k.info.op('?')('tag')",
            "pg k.info.path_exists('$$.k') if hasattr(k.info, 'path_exists') else $b", "pg (k.info['k'].astext == '$<1|2>')",
            "($J == None)", "$J.is_(None)", "($J['k'].is_(None))", "($J.$<is_|is_not>(null()))", "pg k.info['l'].contains(['z'])",
            "pg (k.info[('l', '0')].astext.in_(['1', '5']))"],
}

AGGREGATES = """
func.count()
func.count($.w)
func.count(distinct($.w))
func.count($.w.distinct())
func.sum($n)
func.avg($.n)
func.$<min|max>($n)
func.$<min|max>($s)
func.$<min|max>($D)
func.$<min|max>($T)
func.sum($.w).filter($b)
func.count().filter($b, $b)
func.sum(case(($b, 1), else_=0))
func.coalesce(func.sum($n), 0)
(func.max($.w) - func.min($.w))
cast(func.sum($.w), Integer)
func.count(case(($b, $.w)))
func.sum($.w, type_=Integer)
func.max($.w).op('+')(1)
lite func.group_concat($.s, '$<,|; >')
lite func.json_group_array($.w)
lite func.total($n)
pg func.array_agg($.w)
pg func.array_agg(aggregate_order_by($.w, $.s.desc()))
pg func.string_agg($.s, aggregate_order_by(literal_column("','"), $.s))
pg func.string_agg($.s, '$<,|; >')
pg func.percentile_cont($<0.5|0.25>).within_group($.n)
pg func.percentile_disc(0.5).within_group($.w.desc())
pg func.mode().within_group($.s)
pg func.bool_or($b)
pg func.every($b)
pg func.json_agg($.w)
pg func.jsonb_object_agg(func.coalesce($.s, 'x'), $.w)
pg func.array_agg($.s.distinct())
""".split("\n")

WINDOWS = """
func.count().over()
func.row_number().over(order_by=$.w)
func.row_number().over(partition_by=$.w, order_by=[$.w, $.s.desc()])
func.rank().over(order_by=$.n.desc())
func.dense_rank().over(partition_by=[$.s, $.w], order_by=$.w)
func.sum($.w).over(order_by=$.w, rows=($<None|-1|-2>, $<0|1|None>))
func.sum($.w).over(partition_by=$.w, order_by=$.n, range_=(None, $<0|None>))
func.avg($.w).over(order_by=$.w, rows=(0, 2))
func.lag($.w).over(order_by=$.w)
func.lead($.s, 1, 'none').over(order_by=[$.w])
func.first_value($s).over(order_by=$.n)
func.ntile(3).over(order_by=$.w.asc())
over(func.max($n), partition_by=$.s)
func.count($.w).filter($b).over(partition_by=$.w)
func.sum($.w).over(order_by=$.w, groups=(None, $<0|1>))
(func.sum($.w).over() + $<1|$.w>)
func.coalesce(func.lag($.w).over(order_by=$.w), $<0|$.w>)
""".split("\n")

KINDS = {"n": N, "w": W, "s": S, "b": B, "T": T, "D": D, "agg": AGGREGATES, "win": WINDOWS}
KINDS.update(OTHER)

# What joins two tables: the scope, and the text behind select(...).
JOINS = """
u o: .select_from(users).$<join|outerjoin>(orders)
u o: .join_from(users, orders$<|, o.user_id == u.id|, isouter=True>)
u o: .outerjoin_from(users, orders)
u o: .select_from(users.$<join|outerjoin>(orders$<|, and_(o.user_id == u.id, o.total > 2)>))
u o: .select_from($<join|outerjoin>(users, orders, users.c.id == orders.c.user_id))
u o: .select_from(users).join(orders, o.user_id == u.id, $<full|isouter>=True)
u o: .select_from(users.join(orders, full=True))
u o: .where(u.id == o.user_id)
u o: .select_from(users, orders).where(o.user_id == u.id)
o i: .select_from(orders.$<join|outerjoin>(items, o.id == i.order_id))
o i: .select_from(orders).join(items, and_(items.c.order_id == orders.c.id, $b))
k u: .select_from(things).$<join|outerjoin>(users, k.owner == u.id)
k u: .select_from(things.join(users, $b))
u ua: .select_from(users).$<join|outerjoin>(ua, ua.c.id == u.age)
u ua: .select_from(users.join(ua, and_(ua.c.name == users.c.name, ua.c.id > u.id)))
u o i: .select_from(users).join(orders).$<join|outerjoin>(items)
u o i: .select_from(users.join(orders).$<join|outerjoin>(items))
u o i: .select_from(users.outerjoin(orders.join(items, o.id == i.order_id), u.id == o.user_id))
u o: .select_from(users).join(orders, true()).where(o.id == u.age)
""".split("\n")

# Derived tables: their source (`@` their name) and their columns by kind; `$pick` is a SELECT of d0, d1, ...
DERIVED = """
$pick.subquery($<'@'|>)
$pick.subquery('@')
$pick.cte('@')
$pick.cte($<|'@'>)
$pick.cte('@', nesting=True)
$pick.alias('@')
$pick.subquery('@').alias('@x')
$pick.cte('@').alias('@x')
union$<|_all>($pick, $pick).subquery('@')
union$<|_all>($pick, $pick).cte('@')
$pick.union($pick).alias('@')
pg $pick.lateral('@')
pg lateral($pick, '@')
""".split("\n")
FIXED = """
a=w b=s: text("SELECT id AS a, name AS b FROM users WHERE age > :p").bindparams(p=$<3|30>).columns(a=Integer, b=String).subquery('@')
a=w b=s: text("SELECT id AS a, name AS b FROM users").columns(column('a', Integer), column('b', String)).cte('@')
a=w b=D: text("SELECT id, born FROM users WHERE name = 'a\\\\:b' OR id < 9").columns(sa.Column('a', Integer), sa.Column('b', Date)).subquery()
a=w b=s: values(column('a', Integer), column('b', String), name='@').data([(1, 'x'), (2, None), ($<7|3>, "it's")])$val
a=w: (lambda r: r.union_all(select(r.c.a + 1).where(r.c.a < $<4|6>)))(select(literal($<1|2>).label('a')).cte('@', recursive=True))
a=w b=w: (lambda r: r.union(select(o.id, r.c.b + 1).where(o.user_id == r.c.a, r.c.b < 3)))(select(u.id.label('a'), literal(1).label('b')).where(u.id < 4).cte('@', recursive=True))
a=w b=s: (lambda r: r.union_all(select(u.id, r.c.b + u.name).join(r, u.id == r.c.a * 2)))(select(u.id.label('a'), cast(u.name, Text).label('b')).where(u.id.in_([1, 3])).cte('@', recursive=True))
a=w b=w: (lambda q: select(q.c.id.label('a'), func.max(q.c.age).label('b')).group_by(q.c.id).cte('@'))(select(users).where(u.age > 3).cte())
a=w: (lambda q: select((q.c.id + 1).label('a')).join(orders, o.user_id == q.c.id).cte('@', nesting=$<True|False>))(select(u.id).where(u.active).cte('@q', nesting=True))
id=w name=s: users.alias('@')
id=w total=n: orders.alias()
id=w name=s: table('users', column('id', Integer), column('name', String), column('x')).alias('@')
pg a=w: func.generate_series(1, $<3|5>).table_valued('a', name='@')
pg a=w: func.generate_series($<1|2>, 4).table_valued(column('a', Integer)).render_derived(name='@')
pg a=s: func.unnest(k.tags).table_valued('a', name='@')
pg value=s: func.jsonb_array_elements_text(cast(['a', 'b'], JSONB)).table_valued('value')
pg a=w b=s: func.json_to_recordset('[{"a":1,"b":"foo"}]').table_valued(column('a', Integer), column('b', Text)).render_derived(with_types=True, name='@')
lite value=s key=w: func.json_each(literal('["p", "q"]')).table_valued('key', 'value', name='@')
lite value=w: func.json_each('[1,2,3]').table_valued('value')
""".split("\n")

# Whole queries beside SELECT: the scope, the source.
WRITES = """
u: update(users).values($<age=$w|age=7|age=None|name=$s|active=$b|active=False>).where($b)
u: update(users).where($b).values({'age': $w, users.c.name: $s})
u: users.update().where($b, $b).values(balance=$<u.balance + 1|decimal.Decimal('1.50')|3>, created=$<MOMENT|None|$T>)
u: update(users).values(born=$<DAY|None|$D>, color=$<tables_color|None|u.color>, data=$<{'k': 9}|None|null()|u.data>)
u: update(users).values(age=select(func.$<max|count>(o.id)).where(o.user_id == u.id).scalar_subquery()).where($b)
u: update(users).values(name=select(o.note).where(o.user_id == u.id).order_by(o.id).limit(1).scalar_subquery())
u o: update(users).values(age=o.id).where(u.id == o.user_id, $b)
u o: update(users).values({'name': o.note}).where(u.id == o.user_id).where($b).returning(u.id, u.name)
u: update(users).where(u.id.in_($sub1)).values(email=$s)
u: update(users).ordered_values((u.age, $w), ('name', $s)).where($b)
u: update(users).where($b).values(age=u.age + 1).returning($plain, $plain)
u: update(users).where($b).values(score=$n).returning(u.id, u.score, (u.age * 2).label('twice'))
o: update(orders).values({'note': $s, 'total': $<o.total + 1|3>}).where($b)
o: update(orders).values(placed=$T).where($exists).returning(orders)
k: update(things).values(nums=$<[4, 5]|None|[]>, tags=$<['x', 'y"z']|None>, doc=$<{'a': [1]}|None|JSON.NULL>, info=$<None|[1]|k.info>).where($b)
k: update(things).values(mood=$<'sad'|None|'ok'>, raw=$<b'\\x00\\''|None>, at=$<dt.time(3, 4, 5, 6)|None>, span=$<SPAN|None>).where($b).returning(things)
k: update(things).values(uid=$key, big=$<2**40|k.big + 1>, ratio=$<0.5|$n>).where($b)
pg k: update(things).values({k.nums[1]: 77}).where($b)
pg k: update(things).values(info=k.info.concat({'new': $<1|'x'>})).where($b).returning(k.id, k.info)
pg k: update(things).values(stamp=dt.datetime(2021, 1, 1, tzinfo=UTC))
i: delete(items).where($b)
i: delete(items).where($b).returning(i.order_id, i.line)
i: items.delete().where($b, i.qty $cmp 3)
u: delete(orders).where(orders.c.user_id.in_($sub1))
o: delete(orders).where($exists)
pg i o: delete(items).where(i.order_id == o.id, $b)
pg i o: delete(items).where(i.order_id == o.id).where($b).returning(i.sku, o.note)
: insert(users).values(id=$<100|101>, name='$<x|it\\'s|:a|%s>', active=$<True|None>, born=$<DAY|None>, data=$<[1, None]|None>, color=$<tables_color|None>)
: insert(users).values([{'id': 100, 'name': 'a'}, {'id': 101, 'name': $<None|'b'>}])
: insert(users).values({'id': 100, 'balance': $<decimal.Decimal('12.345')|7|1.25>, 'created': MOMENT}).returning($<users|u.id, u.created|u.balance>)
: insert(users).values(id=select(func.max(u.id) + 1).scalar_subquery(), name=func.upper('q'))
: insert(things).values($<id=50, owner=1|small=3|doc=None|doc={'a': 1}, mood='ok'|raw=b'x', nums=[1]>)
: insert(things).values(id=70, $<made=DAY|kind='q'|span=SPAN|at=dt.time(1, 2)|uid=$key|stamp=MOMENT>).returning(things)
: insert(things).values([{'id': 60, 'small': 1}, {'id': 61, 'small': 2}]).returning(k.id, k.made, k.kind)
: things.insert().values((80, 1, 2, 3))
: insert(orders).values(id=90, note=$<bindparam('q', 'n')|null()|func.lower('AB')|literal('x') + 'y'>)
u: insert(items).from_select(['order_id', 'line', 'sku'], select(u.id + 100, literal(1), u.name).where($b))
u: insert(items).from_select([i.order_id, i.line], select(u.id + 100, u.age).where(u.age != None, $b)).returning(i.line)
o: insert(things).from_select(['id', 'kind'], select(o.id + 200, o.note).where($b))
u: insert(orders).from_select(['id', 'user_id'], union(select(u.id + 300, u.id).where($b), select(u.id + 300, u.id).where($b)))
u: (lambda c: insert(orders).from_select(['id', 'note'], select(c.c.id + 400, c.c.name)))(select(u.id, u.name).where($b).cte('c'))
u: (lambda c: update(users).where(u.id.in_(select(c.c.id))).values(age=1))(select(u.id).where($b).cte('c'))
u: (lambda c: update(users).where(u.id == c.c.user_id).values(age=c.c.n))(select(o.user_id, func.count().label('n')).group_by(o.user_id).cte('c'))
u: (lambda c: update(users).where(u.id == c.c.user_id).values(age=c.c.n).add_cte(c))(select(o.user_id, func.count().label('n')).group_by(o.user_id).cte('c'))
u: (lambda c: delete(orders).where(o.user_id.in_(select(c.c.id))))(select(u.id).where($b).cte('c'))
pg u: (lambda c: delete(orders).where(o.user_id == c.c.id))(select(u.id).where($b).subquery('c'))
pg u: (lambda c: select(c.c.id, c.c.name))(update(users).where($b).values(age=1).returning(u.id, u.name).cte('c'))
pg i: (lambda c: select(func.count()).select_from(c))(delete(items).where($b).returning(items).cte('c'))
pg : (lambda c: select(c.c.id).add_cte(c))(insert(orders).values(id=90).returning(o.id).cte('c'))
u: upsert(users).values(id=$<1|3|200>, name='new', age=$<1|None>).on_conflict_do_nothing($<|index_elements=['id']|index_elements=[u.id]>)
u: (lambda s: s.on_conflict_do_update(index_elements=['id'], set_={'name': s.excluded.name, 'age': $w}))(upsert(users).values(id=$<1|2|200>, name='up'))
u: (lambda s: s.on_conflict_do_update(index_elements=[u.id], set_=dict(age=s.excluded.age + u.age), where=$b))(upsert(users).values([{'id': 1, 'age': 3}, {'id': 400, 'age': 5}]))
u: (lambda s: s.on_conflict_do_update(index_elements=['id'], set_={u.name: func.upper(s.excluded.name)}).returning(u.id, u.name))(upsert(users).values(id=5, name='low'))
u: upsert(users).values(id=2, email=$<'e'|None>).on_conflict_do_update($<index_elements=['id']|index_elements=[users.c.id]>, set_={'email': 'n', 'active': $<True|None>}, where=(u.id $cmp 3))
i: (lambda s: s.on_conflict_do_update(index_elements=['order_id', 'line'], set_={'qty': s.excluded.qty + 1}))(upsert(items).from_select(['order_id', 'line', 'qty'], select(o.id, literal(1), literal(3)).where(o.id < 5)))
pg u: upsert(users).values(id=1, name='c').on_conflict_do_update(constraint='users_pkey', set_={'name': 'kk'})
pg u: upsert(users).values(id=1, name='c').on_conflict_do_nothing(constraint=$<'users_pkey'|users.primary_key>)
u: users.insert().values(id=500).prefix_with('OR REPLACE', dialect='sqlite')
u: users.insert().inline().values(id=501, age=select(func.max(u.age)).scalar_subquery())
""".split("\n")

# Queries with parameters given at execution.
PARAMETERS = [
    ("u", "select(u.id, u.name).where(u.age > bindparam('lo'), $b)", "{'lo': $<3|20>}"),
    ("u", "select(u.id).where(u.id.in_(bindparam('ids', expanding=True)))", "{'ids': $<[]|[1]|[1, 2, 30]|(4, 5)>}"),
    ("u", "select(u.id).where(tuple_(u.id, u.name).in_(bindparam('ids', expanding=True)))", "{'ids': $<[(1, 'ann')]|[(1, 'ann'), (2, 'x')]>}"),
    ("u", "select(u.id).where(u.name == bindparam('name', $<type_=String|value='ann'|required=False, value=None>))", "{'name': '$<bob|zed>'}"),
    ("", "text('SELECT id, name FROM users WHERE age > :lo AND name <> :n ORDER BY id')", "{'lo': $<3|20>, 'n': '$<ann|%>'}"),
    ("", "text('SELECT id FROM users WHERE id IN :ids').bindparams(bindparam('ids', expanding=True))", "{'ids': $<[1, 2]|[]|[3]>}"),
    ("", "text('SELECT id, born FROM users WHERE born >= :d').columns(id=Integer, born=Date)", "{'d': $<DAY|dt.date(2020, 6, 1)>}"),
    ("", "text('SELECT CAST(:a AS INTEGER) + 1 AS x, :b AS y').bindparams(a=3)", "{'b': $<'x'|'y%'>}"),
    ("", "insert(orders)", "[{'id': 91, 'note': 'a'}, {'id': 92, 'note': $<None|'b'>}]"),
    ("", "insert(orders)", "{'id': 91, 'total': $<decimal.Decimal('2.25')|3>, 'placed': MOMENT}"),
    ("", "insert(things)", "[{'id': 91, 'doc': {'a': 1}}, {'id': 92, 'doc': None}]"),
    ("", "insert(things)", "{'id': 91, $<'nums': [1]|'mood': 'ok'|'raw': b'z'|'span': SPAN|'made': DAY>}"),
    ("", "insert(orders).returning(o.id, o.note)", "[{'id': 93, 'note': 'a'}, {'id': 94, 'note': 'b'}]"),
    ("", "insert(orders).values(id=bindparam('k'), note=func.upper(bindparam('v')))", "[{'k': 95, 'v': 'a'}, {'k': 96, 'v': 'b'}]"),
    ("", "text('INSERT INTO orders (id, note) VALUES (:id, :note)')", "[{'id': 97, 'note': 'a:b'}, {'id': 98, 'note': '%s'}]"),
    ("u", "update(users).where(u.id == bindparam('k')).values(name=bindparam('v'))", "[{'k': 1, 'v': 'x'}, {'k': 2, 'v': $<None|'y'>}]"),
    ("u", "update(users).where(u.id == bindparam('k'))", "{'k': $<1|3>, 'age': 44}"),
    ("u", "update(users).where(u.id == bindparam('k')).values(age=u.age + bindparam('n'))", "[{'k': 1, 'n': 2}, {'k': 5, 'n': 3}]"),
    ("i", "delete(items).where(i.order_id == bindparam('k'))", "[{'k': 1}, {'k': 3}]"),
    ("u", "delete(orders).where(o.user_id == bindparam('k'), o.id > bindparam('m'))", "{'k': 2, 'm': 1}"),
    ("u", "(lambda s: s.on_conflict_do_update(index_elements=['id'], set_={'name': s.excluded.name}))(upsert(users))",
     "[{'id': 1, 'name': 'one'}, {'id': 600, 'name': 'six'}]"),
    ("u", "select(u.id).limit(bindparam('l')).offset(bindparam('f')).order_by(u.id)", "{'l': 3, 'f': $<0|2>}"),
    ("u", "select(u.id).where(u.created > bindparam('c', type_=DateTime), u.born < bindparam('d'))", "{'c': MOMENT, 'd': dt.date(2020, 12, 1)}"),
    ("u", "select(u.id).where(u.color == bindparam('c'))", "{'c': tables_color}"),
    ("k", "select(k.id).where(k.uid == bindparam('c'))", "{'c': $key}"),
    ("u", "select(func.coalesce(bindparam('c', type_=$<String|Integer>), u.id))", "{'c': None}"),
]
