import { testChains, type ChainRow } from '../support/chain-case.ts';

/** Leaves named leaf-nc-X stand under the CA named ica-nc-Y. */
const under = (ca: string, rows: readonly (readonly [string, 'accept' | 'refuse', string])[]): ChainRow[] =>
  rows.map(([title, expected, leaf]) => [
    `${title} (RFC 5280 §4.2.1.10)`,
    expected === 'accept' ? 'accept' : 'trust.name-constraint',
    { leaf: `leaf-nc-${leaf}`, via: [`ica-nc-${ca}`] },
  ]);

testChains([
  ...under('dns', [
    ['a dNSName below the permitted one', 'accept', 'dns-inside'],
    ['the permitted dNSName itself, in capitals', 'accept', 'dns-same'],
    ['a dNSName outside', 'refuse', 'dns-outside'],
    ['a dNSName that only ends like the permitted one', 'refuse', 'dns-suffix'],
    ['an excluded dNSName', 'refuse', 'dns-excluded'],
    ['a wildcard that covers an excluded dNSName', 'refuse', 'dns-wildcard'],
    ['a wildcard clear of the excluded dNSName', 'accept', 'dns-wildcard-ok'],
    ['a second dNSName outside', 'refuse', 'dns-second'],
    ['a form of name that is not constrained', 'accept', 'dns-email'],
  ]),
  ...under('dot', [['a dNSName constraint with a leading dot, which is not defined', 'refuse', 'dns-dot']]),
  ...under('ip', [
    ['an address in the permitted range', 'accept', 'ip-inside'],
    ['an address outside', 'refuse', 'ip-outside'],
    ['an excluded address', 'refuse', 'ip-excluded'],
    ['an IPv6 address where only IPv4 is permitted', 'refuse', 'ip-v6'],
  ]),
  ...under('email', [
    ['a mailbox of the permitted host', 'accept', 'email-host'],
    ['a mailbox of a host below the permitted domain', 'accept', 'email-below'],
    ['the permitted mailbox', 'accept', 'email-box'],
    ['another mailbox of its host', 'refuse', 'email-outside'],
    ['a mailbox below a permitted host', 'refuse', 'email-deeper'],
    ['an excluded mailbox in other capitals', 'refuse', 'email-excluded'],
    ['an e-mail address in the subject that is not permitted', 'refuse', 'email-subject'],
  ]),
  ...under('uri', [
    ['a URI with a host below the permitted domain', 'accept', 'uri-inside'],
    ['a URI with the permitted host', 'accept', 'uri-host'],
    ['a URI with the bare domain', 'refuse', 'uri-outside'],
    ['a URI with an IP address as its host', 'refuse', 'uri-ip'],
    ['a URI without a host', 'refuse', 'uri-nohost'],
  ]),
  ...under('dir', [
    ['a subject in the permitted directory', 'accept', 'dir-inside'],
    ['a subject outside the permitted directory', 'refuse', 'dir-outside'],
    ['a directoryName among the alternative names in the permitted directory', 'accept', 'dir-san'],
  ]),
  ...under('dirx', [
    ['a subject in a directory that is excluded in another spelling (§7.1)', 'refuse', 'dir-excluded'],
  ]),
  ...under('other', [
    ['an otherName where otherName is constrained', 'refuse', 'other-present'],
    ['no otherName where otherName is constrained', 'accept', 'other-absent'],
  ]),
  ...under('rid', [['a registeredID where registeredID is constrained', 'refuse', 'rid-present']]),
  [
    'a name that both constrained CAs permit (§6.1.4 (g))',
    'accept',
    { leaf: 'leaf-nc-both', via: ['ica-nc-second', 'ica-nc-dns'] },
  ],
  [
    'a name that only the upper CA permits (§6.1.4 (g))',
    'trust.name-constraint',
    { leaf: 'leaf-nc-outer-only', via: ['ica-nc-second', 'ica-nc-dns'] },
  ],
  [
    'a name outside the constraints of the anchor (RFC 5937)',
    'trust.name-constraint',
    { leaf: 'leaf-nc-root', via: [], roots: ['root-nc'] },
  ],
  [
    'a mask that is no prefix (§4.2.1.10)',
    'trust.certificate-malformed',
    { leaf: 'leaf-nc-ip-badmask', via: ['ica-nc-ipmask'] },
  ],
  [
    'a malformed rfc822Name (§4.2.1.6)',
    'trust.certificate-profile',
    { leaf: 'leaf-nc-email-malformed', via: ['ica-nc-email'] },
  ],
  [
    'name constraints that are not critical (§4.2.1.10)',
    'trust.certificate-profile',
    { leaf: 'leaf-nc-noncritical', via: ['ica-nc-noncritical'] },
  ],
  [
    'name constraints with a minimum (§4.2.1.10)',
    'trust.certificate-malformed',
    { leaf: 'leaf-nc-minimum', via: ['ica-nc-minimum'] },
  ],
  [
    'empty name constraints (§4.2.1.10)',
    'trust.certificate-malformed',
    { leaf: 'leaf-nc-empty', via: ['ica-nc-empty'] },
  ],
]);
