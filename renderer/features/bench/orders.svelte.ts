import type { Refusal } from '../../../contract/result.ts';
import { mostUnitsOfOrder } from '../../../contract/plain/most-units-of-order.ts';
import { call } from '../../bridge/call.ts';
import { announce } from '../../design/announce.svelte.ts';
import { say } from '../../words/say.ts';
import { bench, choiceOf, onNextOperator } from './bench.svelte.ts';
import { endOfOrder, type OrderTime } from './order-end.ts';
import { orderWords } from './order-words.ts';
import { clearSelection, selection } from './selection.svelte.ts';

interface OrderDraft {
  /** Empty: what the first chosen unit would get, else the newest bundle. */
  bundleDigest: string;
  units: string;
  until: OrderTime;
  startPresent: boolean;
}

const fresh = (): OrderDraft => ({ bundleDigest: '', units: '', until: 'log-out', startPresent: true });
/** As it is being typed: Esc loses nothing. */
export const orderDraft = $state<OrderDraft>(fresh());
let refusal = $state.raw<Refusal | null>(null);
let isBusy = $state(false);

export const orders = {
  get refusal(): Refusal | null {
    return refusal;
  },
  get isBusy(): boolean {
    return isBusy;
  },
};

onNextOperator(() => {
  Object.assign(orderDraft, fresh());
  refusal = null;
});

/** The bundle of the draft: the one that was picked, else what the first chosen unit would get, else the newest. */
export function bundleOfDraft(): string {
  const { bundles } = bench.stock;
  if (bundles.some(({ digest }) => digest === orderDraft.bundleDigest)) return orderDraft.bundleDigest;
  for (const card of selection.cards) {
    const choice = choiceOf(card);
    if (choice?.why === null) return choice.bundle.digest;
  }
  return bundles.toSorted((one, other) => other.importedAt.localeCompare(one.importedAt))[0]?.digest ?? '';
}

/** Null: as many as come. Undefined: what was typed is no number of units. */
export function readUnits(text: string): number | null | undefined {
  const typed = text.trim();
  if (typed === '') return null;
  const units = /^\d{1,4}$/.test(typed) ? Number(typed) : 0;
  return units >= 1 && units <= mostUnitsOfOrder ? units : undefined;
}

/** Places the order that was typed for the places that are chosen. */
export async function placeOrder(): Promise<void> {
  const units = readUnits(orderDraft.units);
  if (isBusy || units === undefined) return;
  isBusy = true;
  const { until, startPresent } = orderDraft;
  const answer = await call('order.open', {
    positions: selection.cards.map(({ position }) => position),
    bundleDigest: bundleOfDraft(),
    kind: 'install',
    workOrder: bench.workOrder.trim(),
    units,
    endsAt: endOfOrder(until, Date.now()),
    startPresent,
  });
  isBusy = false;
  refusal = answer.ok ? null : answer;
  if (!answer.ok) return;
  clearSelection();
  Object.assign(orderDraft, fresh());
  announce(say(orderWords.placed));
}

/** Nothing is started under it any more. */
export async function withdrawOrder(id: string): Promise<void> {
  const answer = await call('order.close', { id });
  refusal = answer.ok ? null : answer;
  if (answer.ok) announce(say(orderWords.withdrawn));
}
