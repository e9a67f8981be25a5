import * as v from 'valibot';
import { integer, Token } from './fields.ts';

/** An alternate setting of the DFU interface, by its number or by its interface string. */
export const Alternate = v.union([
  integer(0, 255),
  v.pipe(v.string(), v.regex(/^[\x20-\x7e]{1,64}$/, 'must be printable ASCII')),
]);
export type Alternate = v.InferOutput<typeof Alternate>;

/** What is behind one physical slot: an alternate setting, its size, and its role where the boot loader never changes that. */
export const AlternateSlot = v.strictObject({
  alternate: Alternate,
  sizeBytes: integer(1, 0xffff_ffff),
  role: v.exactOptional(v.picklist(['running', 'staging'])),
});
export type AlternateSlot = v.InferOutput<typeof AlternateSlot>;

/** Logical slot of the manifest → the two physical slots behind it, by their ids. */
export type SlotPairs<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

/** One physical slot with the names it goes by. */
export type NamedSlot<T> = T & { readonly id: string; readonly logical: string };

/** Every physical slot of a profile, in the order of the document. */
export function listSlots<T extends object>(pairs: SlotPairs<T>): NamedSlot<T>[] {
  return Object.entries(pairs).flatMap(([logical, pair]) =>
    Object.entries(pair).map(([id, slot]) => ({ ...slot, id, logical })),
  );
}

const MAX_LOGICAL_SLOTS = 4;

/** One to four logical slots of two physical ones each; ids are unique over the whole profile. */
export function slotPairs<const S extends v.GenericSchema<unknown, object>>(slot: S) {
  const Pair = v.pipe(
    v.record(Token, slot),
    v.check((pair) => Object.keys(pair).length === 2, 'must name exactly two slots'),
  );
  return v.pipe(
    v.record(Token, Pair),
    v.check((pairs) => {
      const count = Object.keys(pairs).length;
      return count >= 1 && count <= MAX_LOGICAL_SLOTS;
    }, `must name 1 to ${MAX_LOGICAL_SLOTS} logical slots`),
    v.check(
      (pairs) => areUnique(Object.values(pairs).flatMap((pair) => Object.keys(pair))),
      'must not use a slot id twice',
    ),
  );
}

/** Slots behind alternate settings: none is used twice, and no logical slot has two of one role. */
export const AlternateSlotPairs = v.pipe(
  slotPairs(AlternateSlot),
  v.check(
    (pairs) => areUnique(listSlots(pairs).map(({ alternate }) => alternate)),
    'must not use an alternate for two slots',
  ),
  v.check(
    (pairs) =>
      Object.values(pairs).every((pair) => {
        const roles = Object.values(pair).flatMap(({ role }) => (role === undefined ? [] : [role]));
        return areUnique(roles);
      }),
    'must not give both slots one role',
  ),
);

function areUnique(values: readonly (string | number)[]): boolean {
  return new Set(values).size === values.length;
}
