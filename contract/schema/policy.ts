import * as v from 'valibot';
import { ProductId, SecurityCounter, Sha256, UtcTime } from './bundle.ts';
import { OperatorId, PrintedName, Username } from './session.ts';

const Count = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const Unique = <T extends string>(what: string) =>
  v.check<T[], string>((items) => new Set(items).size === items.length, `must not name a ${what} twice`);

export const Weekday = v.picklist(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
export type Weekday = v.InferOutput<typeof Weekday>;

/** `24:00` is the end of a day. */
const TimeOfDay = v.pipe(
  v.string(),
  v.regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a UTC time of day such as 22:30'),
);

/** From `from` (included) to `to` (excluded), UTC; over midnight where `to` is before `from`, counted to the day it begins on. */
export const UpdateWindow = v.pipe(
  v.strictObject({
    days: v.pipe(v.array(Weekday), v.minLength(1), v.maxLength(7), Unique('day')),
    from: v.pipe(TimeOfDay, v.notValue('24:00', 'must be before 24:00')),
    to: TimeOfDay,
  }),
  v.forward(
    v.check((window) => window.from !== window.to, 'must differ from "from"'),
    ['to'],
  ),
);
export type UpdateWindow = v.InferOutput<typeof UpdateWindow>;

const DecidingRole = v.picklist(['technician', 'approver', 'administrator']);

/** A reason that an approver picks, e.g. `field-safety-notice`. */
export const ReasonCode = v.pipe(v.string(), v.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/), v.maxLength(64));

/** Whether a bundle's signers must be shown not to be revoked, and by how fresh a list. */
export const RevocationRule = v.strictObject({
  /** `required`: every CA above a signer, the anchor included, has a current complete list. */
  crl: v.picklist(['optional', 'required']),
  /** A list that was issued longer ago is refused though its nextUpdate has not come; null: nextUpdate alone counts. */
  maxAgeHours: v.nullable(Count(1, 87_600)),
});
export type RevocationRule = v.InferOutput<typeof RevocationRule>;

/** What must hold before, while and after a product is updated (docs/policy.md). Strict: unknown keys are refused. */
export const PolicyDocument = v.strictObject({
  format: v.literal('drydock-policy/1'),
  /** A product, or `*` for every product that has no policy of its own. */
  product: v.union([v.literal('*'), ProductId], 'must be a product id, or "*" for all'),
  /** Distinct signers that a bundle needs. */
  signatures: v.strictObject({ threshold: Count(1, 8) }),
  /** Left out, as in policies of earlier releases: lists are optional, and as old as their nextUpdate allows. */
  revocation: v.exactOptional(RevocationRule),
  approvals: v.strictObject({
    /** Distinct operators who must approve; 2 or more is dual control. */
    required: Count(0, 5),
    roles: v.pipe(v.array(DecidingRole), v.minLength(1), v.maxLength(3), Unique('role')),
    validForHours: Count(1, 8760),
    /** Not empty: an approver must give one of these. Empty: no reason code is asked for. */
    reasonCodes: v.pipe(v.array(ReasonCode), v.maxLength(64), Unique('reason code')),
    /** Whether the operator who imported the bundle may also approve it. */
    importerMayApprove: v.boolean(),
  }),
  execution: v.strictObject({
    roles: v.pipe(v.array(DecidingRole), v.minLength(1), v.maxLength(3), Unique('role')),
    /** Separation of duties: an operator's own approval does not count where he executes the update. */
    separateFromApprover: v.boolean(),
  }),
  /** Empty: at any time. */
  updateWindows: v.pipe(v.array(UpdateWindow), v.maxLength(32)),
  selfTest: v.strictObject({
    /** Names of tests that must be among the results, and passed. */
    required: v.pipe(
      v.array(v.pipe(v.string(), v.regex(/^[\x21-\x7e][\x20-\x7e]{0,127}$/))),
      v.maxLength(64),
      Unique('test'),
    ),
    timeoutSeconds: Count(1, 3600),
  }),
  /** `hold`: the unit is left in its test boot for a person to look at; its next reset reverts it. */
  onSelfTestFailure: v.picklist(['revert', 'hold']),
  retries: v.strictObject({ stage: Count(0, 10) }),
  timeouts: v.strictObject({
    /** Longest time from the reset until the unit answers again. */
    rebootSeconds: Count(1, 3600),
  }),
});
export type PolicyDocument = v.InferOutput<typeof PolicyDocument>;

export const PolicyView = v.strictObject({
  digest: Sha256,
  document: PolicyDocument,
  installedAt: UtcTime,
  /** Null where the station installed its default policy. */
  installedBy: v.nullable(OperatorId),
});
export type PolicyView = v.InferOutput<typeof PolicyView>;

export const ApprovalKind = v.picklist(['install', 'recovery', 'downgrade']);
export type ApprovalKind = v.InferOutput<typeof ApprovalKind>;

/** A serial number or work order as it was scanned, without outer spaces. */
const Scanned = v.pipe(
  v.string(),
  v.regex(/^[\x21-\x7e](?:[\x20-\x7e]{0,126}[\x21-\x7e])?$/, 'must be 1 to 128 printable ASCII characters'),
);

export const ApprovalScope = v.strictObject({
  /** `*`: every unit of the product. */
  serials: v.union(
    [v.literal('*'), v.pipe(v.array(Scanned), v.minLength(1), v.maxLength(1000), Unique('serial number'))],
    'must be "*" or 1 to 1000 serial numbers',
  ),
  /** Null: any work order. */
  workOrder: v.nullable(Scanned),
});
export type ApprovalScope = v.InferOutput<typeof ApprovalScope>;

/** Text that is shown and printed: no control, format or bidirectional characters. */
const PrintableText = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(300),
  v.regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u, 'must be printable text'),
);

/** What a `downgrade` approval permits beside the installation: one step back, for the one unit in its scope. */
export const DowngradeTerms = v.strictObject({
  /** Highest security counter from which the unit may be taken back. */
  fromVersionAtMost: SecurityCounter,
  /** The security counter to which it is taken back. */
  toVersion: SecurityCounter,
  reason: PrintableText,
});
export type DowngradeTerms = v.InferOutput<typeof DowngradeTerms>;

/** What an approver puts his name to; the station adds who, when and where. */
export const ApprovalRequest = v.pipe(
  v.strictObject({
    kind: ApprovalKind,
    bundleDigest: Sha256,
    product: ProductId,
    scope: ApprovalScope,
    /** What the signature means, in words (21 CFR 11.50 (a)(3)). */
    meaning: PrintableText,
    reasonCode: v.nullable(ReasonCode),
    /** Null unless `kind` is `downgrade`. */
    downgrade: v.nullable(DowngradeTerms),
  }),
  v.check(
    (request) => hasDowngradeForm(request),
    'a downgrade names its terms and exactly one serial number; other kinds have no terms',
  ),
);
export type ApprovalRequest = v.InferOutput<typeof ApprovalRequest>;

/** What is signed, as canonical JSON (RFC 8785). */
export const ApprovalStatement = v.pipe(
  v.strictObject({
    ...ApprovalRequest.pipe[0].entries,
    format: v.literal('drydock-approval/1'),
    id: v.pipe(v.string(), v.uuid()),
    policyDigest: Sha256,
    operator: v.strictObject({ id: OperatorId, username: Username, printedName: PrintedName, publicKeySha256: Sha256 }),
    signedAt: UtcTime,
    expiresAt: UtcTime,
    /** Id of the station on which it was signed. */
    station: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
  }),
  v.check(
    (statement) => hasDowngradeForm(statement),
    'a downgrade names its terms and exactly one serial number; other kinds have no terms',
  ),
);
export type ApprovalStatement = v.InferOutput<typeof ApprovalStatement>;

function hasDowngradeForm(of: { kind: ApprovalKind; scope: ApprovalScope; downgrade: DowngradeTerms | null }): boolean {
  if (of.kind !== 'downgrade') return of.downgrade === null;
  return of.downgrade !== null && of.scope.serials !== '*' && of.scope.serials.length === 1;
}

/** A signed approval: the statement's exact text, the signature over it, and the key that made it. */
export const ApprovalRecord = v.strictObject({
  statement: v.pipe(v.string(), v.maxLength(262_144)),
  /** Ed25519 over the UTF-8 bytes of `statement`, base64. */
  signature: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{86}==$/)),
  /** SubjectPublicKeyInfo, DER, base64. */
  publicKey: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{59}=$/)),
});
export type ApprovalRecord = v.InferOutput<typeof ApprovalRecord>;
