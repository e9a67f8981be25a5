import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ErrorCode } from '../../../../contract/error-code.ts';
import type { Refusal } from '../../../../contract/result.ts';
import { oid } from '../../../../core/trust/oid.ts';
import { type ChainInput, verifyChain, type VerifiedChain } from '../../../../core/trust/verify-chain.ts';
import { certificate, crl } from './fixture.ts';

export const now = new Date('2026-11-22T09:00:00Z');

export interface ChainCase extends Partial<
  Pick<
    ChainInput,
    'at' | 'maxDepth' | 'requireEku' | 'requireKu' | 'allowCaLeaf' | 'eku' | 'requireCrl' | 'maxCrlAgeMs'
  >
> {
  readonly leaf: string;
  /** Intermediates, by file name (default: ica). */
  readonly via?: readonly string[];
  /** Pinned anchors (default: root). */
  readonly roots?: readonly string[];
  readonly crls?: readonly string[];
}

export function verifyCase({
  leaf,
  via = ['ica'],
  roots = ['root'],
  crls = [],
  ...rules
}: ChainCase): VerifiedChain | Refusal {
  return verifyChain({
    leafDer: certificate(leaf),
    intermediatesDer: via.map(certificate),
    rootsDer: roots.map(certificate),
    crlsDer: crls.map(crl),
    at: now,
    eku: oid.codeSigning,
    ...rules,
  });
}

/** Each row: what the standard says, `accept` or the code to refuse with, and the chain. */
export type ChainRow = readonly [title: string, expected: 'accept' | ErrorCode, chain: ChainCase];

export function testChains(rows: readonly ChainRow[]): void {
  for (const [title, expected, chain] of rows) {
    test(`REQ-OTA-SIG-02 ${expected === 'accept' ? 'accepts' : 'refuses'} ${title}`, () => {
      const result = verifyCase(chain);
      assert.equal(result.ok ? 'accept' : result.code, expected, result.ok ? '' : result.reason);
    });
  }
}
