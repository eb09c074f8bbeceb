import google.cloud.storage as gcs
import celery
from celery import Celery, shared_task
from flask_login import UserMixin

client = gcs.Client(project="x").bucket("b")["key"]
app = Celery("name", broker=client)
app.conf.update(a=1)


@shared_task(bind=True)
def task(self):
    return 1


@app.task
class Tasked:
    pass


class Settings(celery.Base):
    value: int = 5


class User(UserMixin, object):
    name = "n"
    def hello(self):
        return "hello " + self.name


print(User().hello(), User.name, isinstance(User(), User), isinstance(5, celery.Thing))
settings = Settings()
settings.value = 3
names = [c.__name__ for c in User.__mro__]
print(names)


def attempt(what, f):
    try:
        f()
        print(what, "went well")
    except ImportError as e:
        print(what, "->", str(e).split("; ")[0])


attempt("if", lambda: 1 if client else 2)
attempt("for", lambda: [x for x in app])
attempt("+", lambda: client + 1)
attempt("+ if", lambda: 1 if [1] + client else 2)
attempt("|", lambda: client.Type | None)
attempt("-", lambda: str(-client))
attempt("<", lambda: 1 < client)
attempt("==", lambda: client == 1)
attempt("in", lambda: 1 in client)
attempt("str", lambda: str(client))
attempt("f-string", lambda: f"{client}")
attempt("%", lambda: "%s" % client)
attempt("len", lambda: len(client))
attempt("int", lambda: int(client))
attempt("call", lambda: client.a.b()(1, k=2)[3])
attempt("key", lambda: {client: 1}[client])
attempt("is", lambda: client is None)
attempt("callable", lambda: callable(client))
attempt("**", lambda: dict(**client))
attempt("*", lambda: print(*client))
attempt("with", lambda: exec("with client: pass"))
attempt("raise", lambda: exec("raise client"))
try:
    import celery
    print("not reached")
except ImportError as e:
    print(type(e).__name__, e)
try:
    from celery.schedules import crontab
except ImportError:
    crontab = None
print(crontab)
import sqlalchemy_thing
sqlalchemy_thing.setup()
from os import no_such_name
print(repr(task)[:8] == repr(client)[:8])
