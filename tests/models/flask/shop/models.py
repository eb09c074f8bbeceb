# SPDX-License-Identifier: MIT
from shop import UserMixin, db


class Customer(UserMixin, db.Model):
    id = db.Column(db.Integer, primary_key=True)
    email = db.Column(db.String(80), nullable=False, index=True)
    orders = db.relationship("ShopOrder", backref="customer", lazy="dynamic")


class ShopOrder(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    customer_id = db.Column(db.Integer, db.ForeignKey("customer.id"), nullable=False)
