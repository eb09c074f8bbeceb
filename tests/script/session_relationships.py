# SPDX-License-Identifier: MIT
"""Relationships: read lazily, written by the unit of work, followed by joins."""
import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, backref, declarative_base, joinedload, relationship
from sqlalchemy.orm import selectinload

Base = declarative_base()

tags = sa.Table(
    "post_tag",
    Base.metadata,
    sa.Column("post_id", sa.ForeignKey("post.id"), primary_key=True),
    sa.Column("tag_id", sa.ForeignKey("tag.id"), primary_key=True),
)


class User(Base):
    __tablename__ = "user"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(20), nullable=False)
    posts = relationship("Post", back_populates="user", order_by="Post.id")
    address = relationship("Address", uselist=False, cascade="all, delete-orphan")


class Address(Base):
    __tablename__ = "address"
    id = sa.Column(sa.Integer, primary_key=True)
    street = sa.Column(sa.String(20))
    user_id = sa.Column(sa.Integer, sa.ForeignKey("user.id"))


class Post(Base):
    __tablename__ = "post"
    id = sa.Column(sa.Integer, primary_key=True)
    title = sa.Column(sa.String(20))
    user_id = sa.Column(sa.Integer, sa.ForeignKey("user.id"))
    user = relationship("User", back_populates="posts")
    tags = relationship("Tag", secondary=tags, backref=backref("posts", order_by="Post.id"))


class Tag(Base):
    __tablename__ = "tag"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(20))


class Node(Base):
    __tablename__ = "node"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(20))
    parent_id = sa.Column(sa.Integer, sa.ForeignKey("node.id"))
    children = relationship("Node", backref=backref("parent", remote_side=[id]), order_by=id)


engine = sa.create_engine("sqlite://")
connection = engine.connect()
Base.metadata.create_all(connection)
connection.commit()


def rows(sql):
    return [tuple(row) for row in connection.execute(sa.text(sql))]


with Session(connection) as session:
    # parents before children, keys handed down, backrefs kept
    ann = User(name="ann")
    first = Post(title="first", user=ann)
    assert ann.posts == [first]
    second = Post(title="second")
    ann.posts.append(second)
    assert second.user is ann
    news, old = Tag(name="news"), Tag(name="old")
    first.tags = [news, old]
    second.tags.append(news)
    assert news.posts == [first, second]
    ann.address = Address(street="High")
    session.add(ann)
    session.flush()
    assert first.user_id == ann.id == 1
    assert rows("SELECT id, title, user_id FROM post ORDER BY id") == [
        (1, "first", 1), (2, "second", 1)]
    assert rows("SELECT post_id, tag_id FROM post_tag ORDER BY 1, 2") == [(1, 1), (1, 2), (2, 1)]
    assert rows("SELECT street, user_id FROM address") == [("High", 1)]
    session.commit()

    # read again
    ann = session.query(User).filter_by(name="ann").one()
    assert [p.title for p in ann.posts] == ["first", "second"]
    assert [sorted(t.name for t in p.tags) for p in ann.posts] == [["news", "old"], ["news"]]
    assert ann.posts[0].user is ann
    assert ann.address.street == "High"

    # move, remove, replace
    bob = User(name="bob")
    session.add(bob)
    ann.posts[0].user = bob
    assert [p.title for p in ann.posts] == ["second"] and [p.title for p in bob.posts] == ["first"]
    session.flush()
    assert rows("SELECT id, user_id FROM post ORDER BY id") == [(1, 2), (2, 1)]
    ann.posts.remove(ann.posts[0])
    session.flush()
    assert rows("SELECT id, user_id FROM post ORDER BY id") == [(1, 2), (2, None)]
    bob.posts[0].tags.remove(news if news in session else session.query(Tag).get(1))
    session.flush()
    assert rows("SELECT post_id, tag_id FROM post_tag ORDER BY 1, 2") == [(1, 2), (2, 1)]
    ann.address = Address(street="Low")
    session.flush()
    assert rows("SELECT street, user_id FROM address") == [("Low", 1)]
    session.commit()

    # joins along relationships
    found = session.query(Post.title, User.name).join(Post.user).order_by(Post.id).all()
    assert found == [("first", "bob")], found
    found = session.query(User).join(User.posts).filter(Post.title == "first").one()
    assert found.name == "bob"
    found = session.query(User.name, Post.title).outerjoin(User.posts).order_by(User.id).all()
    assert found == [("ann", None), ("bob", "first")]
    found = session.query(Post).join(Post.tags).filter(Tag.name == "news").all()
    assert [p.title for p in found] == ["second"]
    found = session.execute(sa.select(User.name).join(User.posts)).all()
    assert found == [("bob",)]
    found = session.scalars(sa.select(Post).join(Post.tags).where(Tag.name == "old")).all()
    assert [p.title for p in found] == ["first"]
    assert session.query(User).filter(User.posts.any()).one().name == "bob"
    assert session.query(User).filter(~User.posts.any(Post.title == "first")).one().name == "ann"
    assert session.query(Post).filter(Post.user.has(name="bob")).one().title == "first"
    assert session.query(Post).filter(Post.user == found[0].user).one().title == "first"
    assert session.query(Post).filter(Post.user == None).one().title == "second"  # noqa: E711
    assert session.query(Post).filter(Post.tags.contains(session.get(Tag, 2))).count() == 1
    eager = session.query(User).options(joinedload(User.posts)).order_by(User.id).all()
    assert [len(u.posts) for u in eager] == [0, 1]
    eager = session.scalars(sa.select(User).options(selectinload(User.posts))).all()
    assert sorted(len(u.posts) for u in eager) == [0, 1]

    # aliases
    other = aliased(User)
    pairs = session.query(User.name, other.name).filter(User.id < other.id).all()
    assert pairs == [("ann", "bob")]
    found = session.query(other).filter(other.name == "ann").one()
    assert found is session.get(User, 1)

    # trees
    root = Node(name="root", children=[Node(name="a"), Node(name="b", children=[Node(name="c")])])
    session.add(root)
    session.commit()
    assert rows("SELECT name, parent_id FROM node ORDER BY name") == [
        ("a", 1), ("b", 1), ("c", 3), ("root", None)], rows("SELECT * FROM node")
    leaf = session.query(Node).filter_by(name="c").one()
    assert leaf.parent.parent is session.get(Node, 1)
    assert [n.name for n in leaf.parent.parent.children] == ["a", "b"]
    assert session.query(Node).filter(Node.children.any()).count() == 2
    top = aliased(Node)
    found = session.query(Node.name, top.name).join(top, Node.parent).order_by(Node.name).all()
    assert found == [("a", "root"), ("b", "root"), ("c", "b")]

    # deleting
    session.delete(session.get(User, 1))
    session.commit()
    assert rows("SELECT count(*) FROM address") == [(0,)]
    session.delete(session.get(User, 2))
    session.commit()
    assert rows("SELECT id, user_id FROM post ORDER BY id") == [(1, None), (2, None)]
    session.delete(session.get(Post, 1))
    session.commit()
    assert rows("SELECT post_id, tag_id FROM post_tag") == [(2, 1)]
    assert session.get(Tag, 1).posts[0].id == 2
