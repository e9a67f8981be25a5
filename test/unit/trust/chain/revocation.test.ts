import { type ChainRow, testChains } from '../support/chain-case.ts';

testChains([
  [
    'a certificate that its CA’s list does not name (RFC 5280 §6.3.3)',
    'accept',
    { leaf: 'leaf', crls: ['ica-empty', 'root-empty'] },
  ],
  ['a revoked leaf (§6.1.3 (a)(3))', 'trust.revoked', { leaf: 'leaf', crls: ['ica-revokes-leaf'] }],
  ['a leaf revoked with a reason (§5.3.1)', 'trust.revoked', { leaf: 'leaf', crls: ['ica-revokes-compromise'] }],
  [
    'a revoked intermediate (§6.1.3 (a)(3))',
    'trust.revoked',
    { leaf: 'leaf', crls: ['ica-empty', 'root-revokes-ica'] },
  ],
  ['another certificate of the CA that revoked one', 'accept', { leaf: 'leaf-sha384', crls: ['ica-revokes-leaf'] }],
  ['a serial number that another CA revoked', 'accept', { leaf: 'leaf', crls: ['root2-same-serial'] }],
  ['a list past its nextUpdate (§6.3.3)', 'trust.crl-not-current', { leaf: 'leaf', crls: ['ica-stale'] }],
  ['what a stale list names as revoked', 'trust.revoked', { leaf: 'leaf', crls: ['ica-stale-revokes'] }],
  ['a list of the future (§6.3.3)', 'trust.crl-not-current', { leaf: 'leaf', crls: ['ica-future'] }],
  ['an older list beside a current one', 'accept', { leaf: 'leaf', crls: ['ica-older', 'ica-empty'] }],
  ['what only the newest list names', 'trust.revoked', { leaf: 'leaf', crls: ['ica-older', 'ica-revokes-leaf'] }],
  ['a list with a forged signature (§6.3.3 (g))', 'trust.signature-invalid', { leaf: 'leaf', crls: ['ica-forged'] }],
  [
    'a list of a CA without cRLSign (§6.3.3 (f))',
    'trust.crl-issuer',
    { leaf: 'leaf-no-crlsign', via: ['ica-no-crlsign'], crls: ['ica-no-crlsign'] },
  ],
  ['a delta list (§5.2.4)', 'trust.crl-unsupported', { leaf: 'leaf', crls: ['ica-delta'] }],
  ['an indirect list (§5.2.5)', 'trust.crl-unsupported', { leaf: 'leaf', crls: ['ica-indirect'] }],
  [
    'a certificate that only a list older than the newest complete one names',
    'accept',
    { leaf: 'leaf', crls: ['ica-revokes-leaf', 'ica-later'] },
  ],
  [
    'what one of two complete lists of one date names',
    'trust.revoked',
    { leaf: 'leaf', crls: ['ica-empty', 'ica-revokes-leaf'] },
  ],
  ...['point', 'user', 'ca', 'attribute', 'reasons'].map((part): ChainRow => [
    `what a complete list names, under a newer partial list (${part}) that is silent (§5.2.5)`,
    'trust.revoked',
    { leaf: 'leaf', crls: ['ica-revokes-leaf', `ica-later-${part}`] },
  ]),
  [
    'what a partial list names, newer than the complete one (§5.2.5)',
    'trust.revoked',
    { leaf: 'leaf', crls: ['ica-empty', 'ica-later-reasons-revokes'] },
  ],
  [
    'what a partial list names, under a newer partial list that is silent (§5.2.5)',
    'trust.revoked',
    { leaf: 'leaf', crls: ['ica-later-user', 'ica-shard-revokes'] },
  ],
  [
    'a certificate that the complete list no longer names, unlike an older partial one',
    'accept',
    { leaf: 'leaf', crls: ['ica-shard-revokes', 'ica-later'] },
  ],
  [
    'a complete list past its nextUpdate beside a current partial one (§6.3.3)',
    'trust.crl-not-current',
    { leaf: 'leaf', crls: ['ica-stale', 'ica-later-point'] },
  ],
  ['a list of narrower scope that is silent (§5.2.5)', 'accept', { leaf: 'leaf', crls: ['ica-shard'] }],
  ['what a list of narrower scope names (§5.2.5)', 'trust.revoked', { leaf: 'leaf', crls: ['ica-shard-revokes'] }],
  [
    'a list with an unknown critical extension (§5.2)',
    'trust.crl-unsupported',
    { leaf: 'leaf', crls: ['ica-unknown-critical'] },
  ],
  ['a list with an unknown extension that is not critical (§5.2)', 'accept', { leaf: 'leaf', crls: ['ica-unknown'] }],
  ['a list without cRLNumber (§5.2.3)', 'trust.crl-unsupported', { leaf: 'leaf', crls: ['ica-no-number'] }],
  ['a version 1 list (§5.1.2.1)', 'trust.crl-unsupported', { leaf: 'leaf', crls: ['ica-v1'] }],
  ['a list signed with SHA-224', 'trust.algorithm-refused', { leaf: 'leaf', crls: ['ica-sha224'] }],
  ['a silent list by another key of the same CA', 'accept', { leaf: 'leaf', crls: ['ica-rekeyed'] }],
  ['what a list by another key of the same CA names', 'trust.revoked', { leaf: 'leaf', crls: ['ica-rekeyed-revokes'] }],
]);
