import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oid } from '../../../core/trust/oid.ts';
import { type ChainInput, verifyChain } from '../../../core/trust/verify-chain.ts';
import { type CmsInput, verifyCms } from '../../../core/trust/verify-cms.ts';
import { now } from './support/chain-case.ts';
import { certificate, crl, fixtureFile } from './support/fixture.ts';

/** Every value that the types allow is an answer, never an exception: outside callers have other callers behind them. */

const chain: ChainInput = {
  leafDer: certificate('leaf'),
  intermediatesDer: [certificate('ica')],
  rootsDer: [certificate('root')],
  crlsDer: [crl('ica-empty')],
  at: now,
  eku: oid.codeSigning,
};
const cms: CmsInput = {
  cms: fixtureFile('cms/two.der'),
  content: fixtureFile('cms/content.bin'),
  rootsDer: [certificate('root')],
  crlsDer: [crl('ica-empty')],
  at: now,
  eku: oid.codeSigning,
};
const empty = new Uint8Array();
const never = new Date(NaN);
const oddDers = [
  empty,
  Uint8Array.of(0x30),
  Uint8Array.of(0x30, 0x00),
  Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff),
  Buffer.alloc(300_000),
];

const chains: readonly (readonly [string, Partial<ChainInput>])[] = [
  ...oddDers.flatMap((der): [string, Partial<ChainInput>][] => [
    ['an odd leaf', { leafDer: der }],
    ['an odd intermediate', { intermediatesDer: [der] }],
    ['an odd root', { rootsDer: [der] }],
    ['an odd list', { crlsDer: [der] }],
  ]),
  ['no root', { rootsDer: [] }],
  ['no intermediate', { intermediatesDer: [] }],
  ['a time that is none', { at: never }],
  ['a time that is none, with lists alone', { at: never, rootsDer: [certificate('ica')] }],
  ['a purpose that is none', { eku: '' }],
  ['a purpose that is any', { eku: oid.anyExtendedKeyUsage }],
  ['a depth below zero', { maxDepth: -1 }],
  ['a depth that is no number', { maxDepth: NaN }],
  ['too many roots', { rootsDer: Array<Uint8Array>(257).fill(certificate('root')) }],
  ['too many lists', { crlsDer: Array<Uint8Array>(257).fill(crl('ica-empty')) }],
];

test('REQ-OTA-SIG-02 verifyChain answers a refusal to whatever value it is given, and throws nothing', () => {
  assert.ok(verifyChain(chain).ok);
  for (const [what, changes] of chains) assert.equal(verifyChain({ ...chain, ...changes }).ok, false, what);
  for (const at of [new Date(8.64e15), new Date(-8.64e15)]) assert.equal(verifyChain({ ...chain, at }).ok, false);
  assert.ok(verifyChain({ ...chain, maxDepth: Infinity }).ok);
  assert.ok(verifyChain({ ...chain, maxCrlAgeMs: Infinity }).ok);
});

const files: readonly (readonly [string, Partial<CmsInput>])[] = [
  ...oddDers.flatMap((der): [string, Partial<CmsInput>][] => [
    ['an odd file', { cms: der }],
    ['odd content', { content: der }],
    ['an odd root', { rootsDer: [der] }],
    ['an odd list', { crlsDer: [der] }],
  ]),
  ['no root', { rootsDer: [] }],
  ['a time that is none', { at: never }],
  ['a purpose that is none', { eku: '' }],
  ...[0, -1, 1.5, 3, NaN, Infinity].map((threshold): [string, Partial<CmsInput>] => [
    `a threshold of ${threshold}`,
    { threshold },
  ]),
  ['too many lists', { crlsDer: Array<Uint8Array>(257).fill(crl('ica-empty')) }],
];

test('REQ-OTA-SIG-01 verifyCms answers a refusal to whatever value it is given, and throws nothing', () => {
  assert.ok(verifyCms({ ...cms, threshold: 2 }).ok);
  for (const [what, changes] of files) assert.equal(verifyCms({ ...cms, ...changes }).ok, false, what);
});

test('REQ-OTA-SIG-02 verifyCms asks every signer’s path for lists where they are required', () => {
  const code = (changes: Partial<CmsInput>): string => {
    const result = verifyCms({ ...cms, ...changes });
    return result.ok ? 'accept' : result.code;
  };
  const crlsDer = [crl('ica-empty'), crl('root-empty')];
  assert.equal(code({ requireCrl: true }), 'trust.crl-missing');
  assert.equal(code({ requireCrl: true, crlsDer }), 'accept');
  assert.equal(code({ maxCrlAgeMs: 3_600_000, crlsDer }), 'trust.crl-stale');
});
