import { readFileSync } from 'node:fs';
import type { Refusal } from '../../../contract/result.ts';

/** What every vector of test/fixtures/conformance has; the README there says how they are made. */
export interface OwnVector {
  /** The clause, then what the vector is. */
  readonly name: string;
  readonly clause: string;
  /** `accept`, or the code of the refusal. */
  readonly expect: string;
  /** Of a refused vector: the accepted one from which it differs in the checked property only. */
  readonly near?: string;
  /** The time to judge at, ISO 8601. */
  readonly at: string;
}

interface VectorFile<V> {
  readonly vectors: readonly V[];
  /** Base64 by the identifier that vectors name. */
  readonly objects: Readonly<Record<string, string>>;
}

export interface OwnVectors<V> {
  readonly vectors: readonly V[];
  readonly bytesOf: (identifier: string) => Buffer;
}

export function readOwnVectors<V extends OwnVector>(file: string): OwnVectors<V> {
  const url = new URL(`../../fixtures/conformance/${file}`, import.meta.url);
  const { vectors, objects } = JSON.parse(readFileSync(url, 'utf8')) as VectorFile<V>;
  return {
    vectors,
    bytesOf(identifier) {
      const text = objects[identifier];
      if (text === undefined) throw new Error(`${file} has no object ${identifier}`);
      return Buffer.from(text, 'base64');
    },
  };
}

export function titleOf({ name, clause, expect }: OwnVector): string {
  return expect === 'accept' ? `${clause}: accepts ${name}` : `${clause}: refuses ${name} (${expect})`;
}

/** `accept`, or code and reason, so that a failing test shows why. */
export function outcomeOf(result: { readonly ok: true } | Refusal): { readonly code: string; readonly reason: string } {
  return result.ok ? { code: 'accept', reason: '' } : { code: result.code, reason: result.reason };
}
