import * as v from 'valibot';
import { Sha256, UtcTime } from './bundle.ts';

/** What speaks against pinning it: the code and the sentence with which pinning would be refused. */
const Warnings = v.array(v.strictObject({ code: v.string(), reason: v.string() }));

/** What a file is that somebody thinks of pinning. It proves nothing: the fingerprint must come on another way. */
export const TrustInspection = v.variant('kind', [
  v.strictObject({
    kind: v.literal('certificate'),
    /** The same, as `trust.pin-anchor` takes it. */
    pem: v.string(),
    fingerprintSha256: Sha256,
    subject: v.string(),
    issuer: v.string(),
    notBefore: UtcTime,
    notAfter: UtcTime,
    /** `P-256`; null where it is a kind that Drydock does not use. */
    key: v.nullable(v.string()),
    isCa: v.boolean(),
    isPinned: v.boolean(),
    warnings: Warnings,
  }),
  v.strictObject({
    kind: v.literal('public-key'),
    /** The same, as `trust.pin-image-key` takes it. */
    pem: v.string(),
    keySha256: Sha256,
    key: v.string(),
    isPinned: v.boolean(),
    warnings: Warnings,
  }),
]);
export type TrustInspection = v.InferOutput<typeof TrustInspection>;
