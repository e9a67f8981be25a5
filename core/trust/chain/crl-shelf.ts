import type { Refusal } from '../../../contract/result.ts';
import { unwrap } from '../der/read-strictly.ts';
import type { WorkBudget } from '../work-budget.ts';
import type { Certificate } from '../x509/certificate.ts';
import { type Crl, parseCrl, readCrlIssuer } from '../x509/crl.ts';
import { serialKey } from '../x509/crl.ts';
import { checkCrlSignature } from './check-crl.ts';

/**
 * The revocation lists at hand, by issuer. Of each only the issuer's name is read at first; a list is parsed when a path comes to its issuer, and
 * its signature checked once for each key. So lists of other CAs cost nothing, and vouch for nothing either.
 */
export class CrlShelf {
  readonly #budget: WorkBudget;
  readonly #unread = new Map<string, Uint8Array[]>();
  readonly #read = new Map<string, readonly Crl[]>();
  readonly #signatures = new Map<string, Refusal | undefined>();

  /** Throws `trust.crl-malformed` as a refusal where a list does not even name its issuer. */
  constructor(crlsDer: readonly Uint8Array[], budget: WorkBudget) {
    this.#budget = budget;
    for (const der of crlsDer) {
      const issuer = serialKey(unwrap(readCrlIssuer(der)));
      const ofIssuer = this.#unread.get(issuer);
      if (ofIssuer === undefined) this.#unread.set(issuer, [der]);
      else ofIssuer.push(der);
    }
  }

  /** Every list under the name of this CA, each once; its key may have signed them or not. Throws refusals. */
  ofIssuer(issuer: Certificate): readonly Crl[] {
    const name = serialKey(issuer.subject.raw);
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const byFingerprint = new Map<string, Crl>();
    for (const der of this.#unread.get(name) ?? []) {
      this.#budget.spend('crlBytes', der.length);
      const crl = unwrap(parseCrl(der));
      byFingerprint.set(crl.fingerprintSha256, crl);
    }
    const crls = [...byFingerprint.values()];
    this.#read.set(name, crls);
    return crls;
  }

  checkSignature(crl: Crl, issuer: Certificate): Refusal | undefined {
    const key = `${crl.fingerprintSha256}:${issuer.publicKey.ok ? issuer.publicKey.value.sha256 : issuer.fingerprintSha256}`;
    if (this.#signatures.has(key)) return this.#signatures.get(key);
    this.#budget.spend('signatures');
    this.#budget.spend('signedBytes', crl.tbsDer.length);
    const verdict = checkCrlSignature(crl, issuer);
    this.#signatures.set(key, verdict);
    return verdict;
  }
}
