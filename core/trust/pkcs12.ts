import { createPrivateKey, type KeyObject } from 'node:crypto';
import forge from 'node-forge';
import { accept, refuse, type Result } from '../../contract/result.ts';
import { countPasswordRounds } from './pkcs12-rounds.ts';

/** What a file of credentials holds, before key and certificate have been matched. */
export interface OpenedCredentials {
  readonly privateKey: KeyObject;
  readonly certificatesDer: readonly Uint8Array[];
}

const maxLenBytes = 1024 * 1024;
/** Well above what tools write (OpenSSL 2048, keytool 10,000, NSS up to 600,000), and seconds of work at most. */
const maxPasswordRounds = 1_000_000;

/**
 * Opens a PKCS#12 file (RFC 7292) with node-forge, which does the container and its password only: the key goes to Node's crypto, the
 * certificates to our own reader. Refuses with `trust.credentials-unreadable`.
 */
export function openPkcs12(file: Uint8Array, password: string): Result<OpenedCredentials> {
  if (file.length > maxLenBytes)
    return refuse('trust.credentials-unreadable', `The PKCS#12 file is larger than the ${maxLenBytes} bytes allowed.`);
  try {
    const asn1 = forge.asn1.fromDer(Buffer.from(file).toString('binary'), true);
    // RFC 7292 §4 and RFC 8018 §4.2 set no bound, and forge counts to any number that the file states.
    const rounds = countPasswordRounds(asn1);
    if (rounds > maxPasswordRounds) {
      return refuse(
        'trust.credentials-unreadable',
        `The PKCS#12 file asks for ${rounds} rounds of password hashing; at most ${maxPasswordRounds} are done.`,
      );
    }
    const bags = forge.pkcs12.pkcs12FromAsn1(asn1, true, password).safeContents.flatMap(({ safeBags }) => safeBags);
    const [key, ...otherKeys] = bags.filter(isKeyBag);
    if (key === undefined || otherKeys.length > 0) {
      return refuse('trust.credentials-unreadable', 'The PKCS#12 file does not hold exactly one private key.');
    }
    return accept({
      privateKey: createPrivateKey({ key: keyDer(key), format: 'der', type: 'pkcs8' }),
      certificatesDer: bags.filter(({ type }) => type === forge.pki.oids['certBag']).map(certificateDer),
    });
  } catch {
    // forge throws plain Errors for every fault of the file, whose text may quote it; all mean the same to a person.
    return refuse(
      'trust.credentials-unreadable',
      'The PKCS#12 file cannot be opened: it is damaged, of an unknown kind, or the password is wrong.',
    );
  }
}

function isKeyBag({ type }: forge.pkcs12.Bag): boolean {
  return type === forge.pki.oids['keyBag'] || type === forge.pki.oids['pkcs8ShroudedKeyBag'];
}

/** forge decodes RSA keys by itself and hands any other kind over as the PrivateKeyInfo it found. */
function keyDer({ key, asn1 }: forge.pkcs12.Bag): Buffer {
  return toDer(key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key)) : asn1);
}

function certificateDer({ cert, asn1 }: forge.pkcs12.Bag): Buffer {
  return toDer(cert ? forge.pki.certificateToAsn1(cert) : asn1);
}

function toDer(asn1: forge.asn1.Asn1): Buffer {
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'binary');
}
