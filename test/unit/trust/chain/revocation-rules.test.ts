import { testChains } from '../support/chain-case.ts';

const day = 86_400_000;
/** The lists that a path over `ica` needs. */
const complete = ['ica-empty', 'root-empty'];

testChains([
  // RFC 5280 §5.2.3
  [
    'a later list with a greater cRLNumber (RFC 5280 §5.2.3)',
    'accept',
    { leaf: 'leaf', crls: ['ica-empty', 'ica-later'] },
  ],
  [
    'a later list with a lower cRLNumber (§5.2.3)',
    'trust.crl-number',
    { leaf: 'leaf', crls: ['ica-empty', 'ica-later-lower'] },
  ],
  [
    'a later list with the same cRLNumber (§5.2.3)',
    'trust.crl-number',
    { leaf: 'leaf', crls: ['ica-later-same', 'ica-empty'] },
  ],
  [
    'two lists of one date with the same cRLNumber, which differ (§5.2.3)',
    'trust.crl-number',
    { leaf: 'leaf-sha384', crls: ['ica-empty', 'ica-revokes-leaf'] },
  ],
  ['the same list twice', 'accept', { leaf: 'leaf', crls: ['ica-empty', 'ica-empty'] }],
  [
    'a cRLNumber of 20 octets, far beyond what a machine counts (§5.2.3)',
    'accept',
    { leaf: 'leaf', crls: ['ica-later-greatest', 'ica-empty'] },
  ],
  ['a low cRLNumber of another CA', 'accept', { leaf: 'leaf', crls: ['ica-later', 'root-empty'] }],
  ['a low cRLNumber by another key of the same CA', 'accept', { leaf: 'leaf', crls: ['ica-later', 'ica-rekeyed'] }],

  // Product policy
  [
    'a path with a list of every CA where lists are required',
    'accept',
    { leaf: 'leaf', crls: complete, requireCrl: true },
  ],
  ['no list of the issuing CA', 'trust.crl-missing', { leaf: 'leaf', crls: ['root-empty'], requireCrl: true }],
  [
    'no list of the anchor about the CA below',
    'trust.crl-missing',
    { leaf: 'leaf', crls: ['ica-empty'], requireCrl: true },
  ],
  ['no list at all where none is required', 'accept', { leaf: 'leaf', requireCrl: false }],
  [
    'nothing but a partial list where lists are required (§5.2.5)',
    'trust.crl-missing',
    { leaf: 'leaf', crls: ['root-empty', 'ica-shard'], requireCrl: true },
  ],
  [
    'nothing but a list by another key where lists are required',
    'trust.crl-missing',
    { leaf: 'leaf', crls: ['root-empty', 'ica-rekeyed'], requireCrl: true },
  ],
  [
    'a list past its nextUpdate where lists are required',
    'trust.crl-not-current',
    { leaf: 'leaf', crls: ['root-empty', 'ica-stale'], requireCrl: true },
  ],
  [
    'a leaf right below the anchor with the anchor’s list',
    'accept',
    { leaf: 'leaf-direct', via: [], crls: ['root-empty'], requireCrl: true },
  ],
  ['lists younger than the greatest age', 'accept', { leaf: 'leaf', crls: complete, maxCrlAgeMs: 326 * day }],
  [
    'a list older than the greatest age though current',
    'trust.crl-stale',
    { leaf: 'leaf', crls: complete, maxCrlAgeMs: 325 * day },
  ],
  [
    'an old list of the anchor beside a young one of the CA',
    'trust.crl-stale',
    { leaf: 'leaf', crls: ['ica-later', 'root-empty'], maxCrlAgeMs: 200 * day },
  ],
  [
    'young lists of all',
    'accept',
    { leaf: 'leaf', crls: ['ica-later', 'root-later'], maxCrlAgeMs: 200 * day, requireCrl: true },
  ],
  ['an age where there is no list', 'accept', { leaf: 'leaf', maxCrlAgeMs: 1 }],
  ['a greatest age that is no number', 'trust.crl-stale', { leaf: 'leaf', crls: complete, maxCrlAgeMs: NaN }],
  ['a greatest age below zero', 'trust.crl-stale', { leaf: 'leaf', crls: complete, maxCrlAgeMs: -1 }],
]);
