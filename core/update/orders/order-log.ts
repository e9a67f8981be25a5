import type { Refusal } from '../../../contract/result.ts';
import type { BenchUnit } from '../../../contract/schema/device.ts';
import type { OperatorRef } from '../../../contract/schema/update-job.ts';
import type { AuditEventDraft } from '../../audit/event.ts';
import type { Clock, Transact } from '../../ports.ts';
import type { UpdateJob } from '../job.ts';
import type { OrderClosing, StandingOrder } from './order.ts';
import type { OrderRepository } from './repository.ts';

export interface OrderLogDeps {
  readonly clock: Clock;
  readonly transact: Transact;
  readonly orders: OrderRepository;
  readonly audit: { append(draft: AuditEventDraft): { readonly time: string } };
}

/** Writes what happens to standing orders, each with its audit event in one transaction: where it throws, nothing is done. */
export class OrderLog {
  readonly #deps: OrderLogDeps;

  constructor(deps: OrderLogDeps) {
    this.#deps = deps;
  }

  open(order: Omit<StandingOrder, 'openedAt' | 'closedAt' | 'end'>): StandingOrder {
    const { positions, kind, units, endsAt } = order;
    return this.#deps.transact(() => {
      const { time } = this.#append(order, {
        type: 'order.opened',
        by: order.openedBy,
        data: { positions: [...positions], kind, units, endsAt },
      });
      const opened = { ...order, openedAt: time, closedAt: null, end: null };
      this.#deps.orders.insertOrder(opened);
      return opened;
    });
  }

  /** `why` is what the opener was refused, where that is what ended the order. */
  close(order: StandingOrder, { end, by }: OrderClosing, why: Refusal | null = null): void {
    this.#deps.transact(() => {
      const { time } = this.#append(order, {
        type: 'order.closed',
        by,
        data: { end, ...(why === null ? {} : { reason: why.reason }) },
        ...(why === null ? {} : { code: 'order.opener-left' as const }),
      });
      this.#deps.orders.closeOrder({ ...order, closedAt: time, end });
    });
  }

  /** To be called in the transaction that opens the job: without this event there is no job, hence no start. */
  unitStarted(order: StandingOrder, unit: BenchUnit, job: UpdateJob): void {
    const { position } = unit;
    const serial = unit.serial ?? '';
    this.#append(order, { type: 'order.unit-started', by: null, unit: serial, job: job.id, data: { position } });
    this.#deps.orders.insertStart({ orderId: order.id, jobId: job.id, position, serial, startedAt: job.createdAt });
  }

  /** A unit came and was not started. */
  unitWithheld(order: StandingOrder, { position, serial }: BenchUnit, { code, reason }: Refusal): void {
    this.#deps.transact(() =>
      this.#append(order, {
        type: 'order.unit-withheld',
        by: null,
        ...(serial === null ? {} : { unit: serial }),
        code,
        data: { position, reason },
      }),
    );
  }

  #append(
    order: Pick<StandingOrder, 'id' | 'bundleDigest' | 'workOrder'>,
    event: OrderEvent,
  ): { readonly time: string } {
    const { type, by, unit, job, code, data } = event;
    return this.#deps.audit.append({
      type,
      actor: by === null ? { kind: 'station' } : { kind: 'operator', id: by.id, username: by.username },
      outcome: code === undefined ? 'done' : 'refused',
      subject: {
        order: order.id,
        bundle: order.bundleDigest,
        workOrder: order.workOrder,
        ...(unit === undefined ? {} : { unit }),
        ...(job === undefined ? {} : { job }),
      },
      ...(code === undefined ? {} : { code }),
      data,
    });
  }
}

interface OrderEvent {
  readonly type: 'order.opened' | 'order.closed' | 'order.unit-started' | 'order.unit-withheld';
  readonly by: OperatorRef | null;
  readonly unit?: string;
  readonly job?: string;
  readonly code?: AuditEventDraft['code'] & string;
  readonly data: AuditEventDraft['data'];
}
