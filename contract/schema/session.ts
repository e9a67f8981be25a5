import * as v from 'valibot';
import { Permission } from '../permission.ts';
import { roles } from '../plain/roles.ts';
import { Sha256, UtcTime } from './bundle.ts';

export const Role = v.picklist(roles);
export type Role = v.InferOutput<typeof Role>;

export const OperatorId = v.pipe(v.string(), v.uuid());
export type OperatorId = v.InferOutput<typeof OperatorId>;

/** What a person types to log in: lower-case ASCII, so that no two names look alike. */
export const Username = v.pipe(
  v.string(),
  v.regex(
    /^[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*$/,
    'must begin with a lower-case letter and hold only a-z, 0-9 and single ".", "_" or "-" between them',
  ),
  v.minLength(2, 'must have at least 2 characters'),
  v.maxLength(32, 'must have at most 32 characters'),
);

/**
 * The name that is printed beside a signature (21 CFR 11.50 (a)(1)): letters of any script, joined by single spaces,
 * hyphens, dots, apostrophes; no control, format or bidirectional characters that could make one name read as another.
 */
export const PrintedName = v.pipe(
  v.string(),
  v.maxLength(100, 'must have at most 100 characters'),
  v.regex(
    /^\p{L}[\p{L}\p{M}]*(?:(?:\. |, |[ .'’-])\p{L}[\p{L}\p{M}]*)*\.?$/u,
    'must be a name made of letters, such as "Ana María Ruiz"',
  ),
  v.check((name) => name === name.normalize('NFC'), 'must be in Unicode normalization form C'),
);

/** Bounds the work on a typed password before anything looks at it; the rules are in the operator room. */
export const TypedPassword = v.pipe(v.string(), v.maxLength(1024));

/** A code of an authenticator app, or a recovery code; null or left out where the operator has no second factor. */
export const TypedCode = v.pipe(v.string(), v.maxLength(64));
const OptionalCode = v.exactOptional(v.nullable(TypedCode));
/** The password entered again, and the second factor where there is one, as part of an operation's input. */
export const reauthenticationFields = { password: TypedPassword, code: OptionalCode };

/** An operator as others may see him: no hash, no private key. */
export const OperatorView = v.strictObject({
  id: OperatorId,
  username: Username,
  printedName: PrintedName,
  roles: v.array(Role),
  status: v.picklist(['active', 'disabled']),
  /** True until the operator has replaced the initial password; until then no operation is allowed but that. */
  mustChangePassword: v.boolean(),
  /** End of a lockout after failed logins; null where there is none. */
  lockedUntil: v.nullable(UtcTime),
  /** SHA-256 of the SubjectPublicKeyInfo of the operator's signing key; null until the first own password is set. */
  publicKeySha256: v.nullable(Sha256),
  /** `missing`: the station asks the operator's role for one; until it is enrolled no operation is allowed but that. */
  secondFactor: v.picklist(['none', 'enrolled', 'missing']),
  createdAt: UtcTime,
});
export type OperatorView = v.InferOutput<typeof OperatorView>;

/** An account as administrators see it in the list of all. */
export const AccountView = v.strictObject({
  ...OperatorView.entries,
  /** The last login that was accepted, as the audit log has it; null where there was none. */
  lastLoginAt: v.nullable(UtcTime),
  /** Sessions that stand open now. */
  openSessions: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
export type AccountView = v.InferOutput<typeof AccountView>;

/** Why an account is disabled or enabled, in a sentence for the audit log. */
export const AccountReason = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));

export const SessionView = v.strictObject({
  operator: OperatorView,
  permissions: v.array(Permission),
  startedAt: UtcTime,
  /** End of the session unless it is used before. */
  idleAt: UtcTime,
  /** End of the session whatever happens. */
  expiresAt: UtcTime,
});
export type SessionView = v.InferOutput<typeof SessionView>;

/** 256 random bits, base64url. Shown once; the station keeps only its SHA-256. */
export const SessionToken = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));

export const LoginInput = v.strictObject({
  username: v.pipe(v.string(), v.maxLength(1024)),
  ...reauthenticationFields,
});
export const LoginOutput = v.strictObject({ token: SessionToken, session: SessionView });
export type LoginOutput = v.InferOutput<typeof LoginOutput>;

export const FirstAdministratorInput = v.strictObject({
  username: Username,
  printedName: PrintedName,
  password: TypedPassword,
});
export type FirstAdministratorInput = v.InferOutput<typeof FirstAdministratorInput>;

/** At least one; an auditor's stands alone (`operator.roles-conflict`). */
export const RolesOfOperator = v.pipe(v.array(Role), v.minLength(1), v.maxLength(4));

export const NewOperatorInput = v.strictObject({
  username: Username,
  printedName: PrintedName,
  roles: RolesOfOperator,
  initialPassword: TypedPassword,
});
export type NewOperatorInput = v.InferOutput<typeof NewOperatorInput>;

export const ChangePasswordInput = v.strictObject({
  currentPassword: TypedPassword,
  newPassword: TypedPassword,
  code: OptionalCode,
});
export type ChangePasswordInput = v.InferOutput<typeof ChangePasswordInput>;
