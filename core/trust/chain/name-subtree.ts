import type { GeneralName } from '../x509/general-name.ts';
import { compareWithSubtree, type SubtreeVerdict } from '../x509/name-matching.ts';
import { hostOfUri, isHost, isHostOrWildcard, parseMailbox } from '../x509/name-syntax.ts';

/** A permitted list must cover all that a name stands for, an excluded one already applies to part of it. */
export type SubtreeList = 'permitted' | 'excluded';

/** Whether `name` lies in the subtree `base` of the same form (RFC 5280 §4.2.1.10). */
export function isInNameSubtree(name: GeneralName, base: GeneralName, list: SubtreeList): SubtreeVerdict {
  if (name.form === 'dNSName' && base.form === 'dNSName') return compareDns(name.text, base.text, list);
  if (name.form === 'rfc822Name' && base.form === 'rfc822Name') return compareMailbox(name.text, base.text, list);
  if (name.form === 'uniformResourceIdentifier' && base.form === 'uniformResourceIdentifier')
    return compareUri(name.text, base.text);
  if (name.form === 'iPAddress' && base.form === 'iPAddress') return compareAddress(name.octets, base.octets);
  if (name.form === 'directoryName' && base.form === 'directoryName') return compareWithSubtree(name.name, base.name);
  return 'not-comparable';
}

function verdict(inside: boolean): SubtreeVerdict {
  return inside ? 'inside' : 'outside';
}

/** Whole labels added on the left; an empty base is everything. A leading dot or a wildcard is not defined for a DNS base. */
function compareDns(name: string, base: string, list: SubtreeList): SubtreeVerdict {
  if (!isHostOrWildcard(name) || (base !== '' && !isHost(base))) return 'not-comparable';
  const wildcard = name.startsWith('*.');
  const host = (wildcard ? name.slice(2) : name).toLowerCase();
  const subtree = base.toLowerCase();
  if (subtree === '' || isSameOrBelow(host, subtree)) return 'inside';
  // `*.example.com` also stands for the excluded `secret.example.com`.
  const mayExpandInto = wildcard && list === 'excluded' && isSameOrBelow(subtree, host);
  return verdict(mayExpandInto);
}

function isSameOrBelow(host: string, subtree: string): boolean {
  return host === subtree || host.endsWith(`.${subtree}`);
}

/** A mailbox, all mailboxes of a host, or (leading dot) of every host below a domain. */
function compareMailbox(name: string, base: string, list: SubtreeList): SubtreeVerdict {
  const mailbox = parseMailbox(name);
  if (mailbox === undefined) return 'not-comparable';
  const host = mailbox.host.toLowerCase();
  if (base.includes('@')) {
    const wanted = parseMailbox(base);
    if (wanted === undefined) return 'not-comparable';
    // Local parts are case-sensitive, but hardly any host treats them so: exclude both spellings, permit the exact one.
    const sameLocalPart =
      list === 'permitted'
        ? wanted.localPart === mailbox.localPart
        : wanted.localPart.toLowerCase() === mailbox.localPart.toLowerCase();
    return verdict(sameLocalPart && wanted.host.toLowerCase() === host);
  }
  return compareHostRule(host, base);
}

function compareUri(name: string, base: string): SubtreeVerdict {
  const host = hostOfUri(name);
  return host === undefined ? 'not-comparable' : compareHostRule(host.toLowerCase(), base);
}

/** For mailboxes and URIs: `.example.com` is every host below, `example.com` that one host. */
function compareHostRule(host: string, base: string): SubtreeVerdict {
  const rule = base.toLowerCase();
  if (rule.startsWith('.')) return isHost(rule.slice(1)) ? verdict(host.endsWith(rule)) : 'not-comparable';
  return isHost(rule) ? verdict(host === rule) : 'not-comparable';
}

/** Addresses of the other family lie outside. */
function compareAddress(address: Uint8Array, range: Uint8Array): SubtreeVerdict {
  if (range.length !== address.length * 2) return 'outside';
  return verdict(
    address.every((octet, i) => {
      const mask = range[address.length + i] ?? 0xff;
      return (octet & mask) === ((range[i] ?? 0) & mask);
    }),
  );
}
