import { InvalidArgumentError } from 'commander';
import * as v from 'valibot';
import { TypedPlace } from '../contract/schema/bench-place.ts';
import { Username } from '../contract/schema/session.ts';

/** Reads an option or an operand as the contract has it, so that a wrong one is named before anything is asked or tried. */
export function readAs<T>(schema: v.GenericSchema<unknown, T>, form?: string): (text: string) => T {
  return (text) => {
    const parsed = v.safeParse(schema, text);
    if (parsed.success) return parsed.output;
    throw new InvalidArgumentError(form ?? `It ${parsed.issues[0].message}.`);
  };
}

/** Reads a whole number within bounds, both included. */
export function readWholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}

export const readPlace = readAs(
  TypedPlace,
  'Give a position such as 1-2 or 1-2.4, or the number or name of a place; drydock device list shows where units are.',
);

export const readUsername = readAs(Username);

/** Reads an object identifier in dotted decimal. */
export function readOid(text: string): string {
  if (/^[0-2](?:\.(?:0|[1-9]\d{0,30})){1,30}$/.test(text)) return text;
  throw new InvalidArgumentError('Give an object identifier such as 1.3.6.1.5.5.7.3.3.');
}
