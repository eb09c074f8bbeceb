"""lamps

Revision ID: e001
Revises: 
Create Date: 2024-03-01 08:03:00.000000

"""
import enum
from collections.abc import Sequence
from typing import Union

from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision: str = 'e001'
down_revision: Union[str, Sequence[str], None] = None
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


class Power(enum.Enum):
    LOW = 1
    HIGH = 2


class State(str, enum.Enum):
    ON = 'on'
    OFF = 'off'


def upgrade() -> None:
    lamp = op.create_table(
        'lamp',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('power', sa.Enum(Power)),
        sa.Column('by_value', sa.Enum(State, values_callable=lambda cls: [m.value for m in cls])),
        sa.Column('by_name', sa.Enum(State, name='state_name')),
        sa.Column('plain', sa.String(5)))
    op.bulk_insert(lamp, [
        {'id': 1, 'power': Power.HIGH, 'by_value': State.OFF, 'by_name': State.ON, 'plain': State.ON},
        {'id': 2, 'power': 'LOW', 'by_value': 'on', 'by_name': 'OFF', 'plain': 'x'},
        {'id': 3, 'power': None, 'by_value': None, 'by_name': None, 'plain': None},
    ])
    op.execute(lamp.update().where(lamp.c.power == Power.HIGH).values(power=Power.LOW, by_name=State.OFF))


def downgrade() -> None:
    op.drop_table('lamp')
