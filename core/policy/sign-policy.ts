import { canonicalJson } from '../canonical-json.ts';
import type { Sha256Hex } from '../digest.ts';
import type { JsonObject } from '../ports.ts';

/** Whoever has just entered the password again, and whose key signs once. */
export interface PolicySigner {
  readonly operator: { readonly id: string; readonly username: string; readonly printedName: string };
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  signOnce(message: Uint8Array): Uint8Array;
}

/** Who puts a policy in force, why, where, and the trusted time of the act. */
export interface PolicyAct {
  readonly signer: PolicySigner;
  readonly reason: string;
  readonly station: string;
  readonly at: Date;
}

/**
 * The signature under a change of the rules: who, when, why, and the documents by digest (21 CFR 11.50 (a), 11.70). It stands in the
 * event `policy.installed`: the statement's exact text (RFC 8785 JSON), Ed25519 over its UTF-8 bytes and the key, both Base64.
 * @param replaced the version in force until then; null where the product had none
 */
export function signPolicy(
  { signer, reason, station, at }: PolicyAct,
  {
    product,
    digest,
    replaced,
  }: { readonly product: string; readonly digest: Sha256Hex; readonly replaced: string | null },
): JsonObject {
  const { id, username, printedName } = signer.operator;
  const statement = canonicalJson({
    format: 'drydock-policy-change/1',
    product,
    digest,
    replaced,
    meaning: reason,
    operator: { id, username, printedName },
    signedAt: at.toISOString(),
    station,
  });
  return {
    statement,
    signature: Buffer.from(signer.signOnce(Buffer.from(statement, 'utf8'))).toString('base64'),
    publicKey: Buffer.from(signer.publicKey).toString('base64'),
  };
}
