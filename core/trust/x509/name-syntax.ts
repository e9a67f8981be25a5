import type { GeneralName } from './general-name.ts';

const label = /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;
const maxHostLength = 253;
/** RFC 5321 §4.5.3.1: 64 octets, "@", and a host. */
const maxMailboxLength = 64 + 1 + maxHostLength;
/** What has more is there to be costly, not to be found. */
const maxUriLength = 2048;

/** A host in preferred name syntax (RFC 1034 §3.5, RFC 1123 §2.1), underscores allowed, no trailing dot. */
export function isHost(text: string): boolean {
  return text.length <= maxHostLength && text.split('.').every((part) => label.test(part));
}

/** As `isHost`, or with `*` as the whole leftmost label (RFC 6125 §6.4.3). */
export function isHostOrWildcard(text: string): boolean {
  return isHost(text.startsWith('*.') ? text.slice(2) : text);
}

export interface Mailbox {
  readonly localPart: string;
  readonly host: string;
}

/** `Local-part "@" Domain` (RFC 5280 §4.2.1.6), dot-atom local parts only. */
export function parseMailbox(text: string): Mailbox | undefined {
  if (text.length > maxMailboxLength) return undefined;
  const match = /^([A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64})@(.+)$/.exec(text);
  if (match === null) return undefined;
  const [, localPart = '', host = ''] = match;
  return isHost(host) ? { localPart, host } : undefined;
}

/** The host of an absolute URI; undefined where it has none or an IP address stands in its place (RFC 5280 §4.2.1.10). */
export function hostOfUri(text: string): string | undefined {
  if (text.length > maxUriLength) return undefined;
  const authority = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/(?:[^@/?#]*@)?([^/?#@]*)(?:[/?#]|$)/.exec(text)?.[1];
  const host = authority?.replace(/:\d*$/, '');
  if (host === undefined || !isHost(host) || /(?:^|\.)\d+$/.test(host)) return undefined;
  return host;
}

/** Whether a subjectAltName entry has the syntax that RFC 5280 §4.2.1.6 demands of its form. */
export function isWellFormed(name: GeneralName): boolean {
  switch (name.form) {
    case 'dNSName':
      return isHostOrWildcard(name.text);
    case 'rfc822Name':
      return parseMailbox(name.text) !== undefined;
    case 'uniformResourceIdentifier':
      return name.text.length <= maxUriLength && /^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]+$/.test(name.text);
    case 'iPAddress':
      return name.octets.length === 4 || name.octets.length === 16;
    case 'directoryName':
      return name.name.rdns.length > 0;
    default:
      return true;
  }
}
