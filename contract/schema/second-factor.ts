import * as v from 'valibot';
import { UtcTime } from './bundle.ts';
import { OperatorView, reauthenticationFields } from './session.ts';

/** What an operator shows again before something that weighs: the password, and a code where he has a second factor. */
export const FactorProof = v.strictObject(reauthenticationFields);

/** A secret for an authenticator app (RFC 6238: SHA-1, 6 digits, 30 s). Shown once, while it is enrolled, and never again. */
export const FactorEnrolment = v.strictObject({
  /** `otpauth://totp/…`, which apps read as a QR code. */
  uri: v.string(),
  /** The same secret to be typed. */
  secretBase32: v.string(),
  issuer: v.string(),
  account: v.string(),
  /** The first code must have come by then. */
  endsAt: UtcTime,
});
export type FactorEnrolment = v.InferOutput<typeof FactorEnrolment>;

/** How the operator's own second factor stands. */
export const OwnFactor = v.strictObject({
  /** Null where none is enrolled. */
  enrolledAt: v.nullable(UtcTime),
  /** Recovery codes that are still good, of the eight that were shown. */
  recoveryCodesLeft: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
export type OwnFactor = v.InferOutput<typeof OwnFactor>;

/** Codes for the day on which the phone is lost, each good once. Shown once. */
export const RecoveryCodes = v.strictObject({ operator: OperatorView, recoveryCodes: v.array(v.string()) });
export type RecoveryCodes = v.InferOutput<typeof RecoveryCodes>;
