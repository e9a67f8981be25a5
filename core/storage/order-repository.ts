import * as v from 'valibot';
import { StandingOrderView } from '../../contract/schema/standing-order.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { StandingOrder } from '../update/orders/order.ts';
import type { OrderRepository } from '../update/orders/repository.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

interface UnitRow {
  readonly jobId: string;
  readonly position: string;
  readonly serial: string;
  readonly startedAt: string;
  readonly state: string;
}

/** Keeps standing orders in SQLite. */
export function createOrderRepository(connection: SqliteConnection): OrderRepository {
  const insert = connection.prepare(
    'INSERT INTO standing_order (id, opened_at, closed, body) VALUES (@id, @openedAt, @closed, @body)',
  );
  const close = connection.prepare('UPDATE standing_order SET closed = 1, body = @body WHERE id = @id');
  const insertUnit = connection.prepare(
    `INSERT INTO standing_order_unit (job_id, order_id, position, serial, started_at)
     VALUES (@jobId, @orderId, @position, @serial, @startedAt)`,
  );
  const byId = connection.prepare<[string], string>('SELECT body FROM standing_order WHERE id = ?').pluck();
  const list = connection
    .prepare<[{ open: number; limit: number }], string>(
      `SELECT body FROM standing_order WHERE @open = 0 OR closed = 0
       ORDER BY opened_at DESC, id DESC LIMIT @limit`,
    )
    .pluck();
  const unitsOf = connection.prepare<[string], UnitRow>(
    `SELECT job_id AS jobId, unit.position, unit.serial, started_at AS startedAt, state
     FROM standing_order_unit AS unit JOIN job ON job.id = job_id
     WHERE order_id = ? ORDER BY started_at, job_id`,
  );

  /** Our own row, read as strictly as a foreign one. */
  const view = (body: string): StandingOrderView => {
    const order = JSON.parse(body) as StandingOrder;
    return v.parse(StandingOrderView, { ...order, started: unitsOf.all(order.id) });
  };

  return {
    insertOrder: (order) => void insert.run(toRow(order)),
    closeOrder: (order) => {
      const { id, body } = toRow(order);
      if (close.run({ id, body }).changes !== 1) throw new Error(`standing order ${order.id} is not in the database`);
    },
    insertStart: (start) => void insertUnit.run(start),
    order: (id) => {
      const body = byId.get(id);
      return body === undefined ? null : view(body);
    },
    orders: ({ open, limit }) => list.all({ open: open ? 1 : 0, limit }).map(view),
  };
}

function toRow(order: StandingOrder): { id: string; openedAt: string; closed: number; body: string } {
  const { id, openedAt, closedAt } = order;
  return { id, openedAt, closed: closedAt === null ? 0 : 1, body: canonicalJson(order) };
}
