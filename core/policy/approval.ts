import { createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import * as v from 'valibot';
import { accept, refuse } from '../../contract/result.ts';
import type { Refusal, Result } from '../../contract/result.ts';
import { ApprovalRecord, ApprovalStatement } from '../../contract/schema/policy.ts';
import { canonicalJson } from '../canonical-json.ts';
import { sha256Hex } from '../digest.ts';
import type { Sha256Hex } from '../digest.ts';
import { parseStrictJson } from '../strict-json.ts';

const MAX_STATEMENT_BYTES = 256 * 1024;
const MAX_STATEMENT_DEPTH = 6;

/**
 * Verifies one approval as an electronic signature that cannot be cut off its record (21 CFR 11.70): the Ed25519
 * signature over the statement's exact bytes, with the one key that the caller trusts for this operator.
 * Refuses with `policy.approval-malformed`, `policy.approval-key-unknown` or `policy.approval-signature-invalid`.
 */
export function verifyApproval(record: ApprovalRecord, trustedKeySha256: Sha256Hex): Result<ApprovalStatement> {
  const statement = readStatement(record);
  if (!statement.ok) return statement;
  const publicKey = readPublicKey(record);
  if (!publicKey.ok) return publicKey;
  return (
    checkKey(statement.value, publicKey.value, trustedKeySha256) ??
    checkSignature(record, publicKey.value) ??
    accept(statement.value)
  );
}

/**
 * What a record says, without any proof that it is true: to find out whose key to verify it with.
 * Refuses with `policy.approval-malformed`.
 */
export function readStatement(record: ApprovalRecord): Result<ApprovalStatement> {
  if (!v.is(ApprovalRecord, record)) return refuseMalformed('the record does not have the documented form');
  const limits = { maxBytes: MAX_STATEMENT_BYTES, maxDepth: MAX_STATEMENT_DEPTH };
  const bytes = Buffer.from(record.statement, 'utf8');
  const json = parseStrictJson(bytes, { ...limits, code: 'policy.approval-malformed', what: 'The approval' });
  if (!json.ok) return json;
  const parsed = v.safeParse(ApprovalStatement, json.value);
  if (!parsed.success) return refuseMalformed(describeIssue(parsed.issues[0]));
  // RFC 8785: one statement has one text, so that what is shown is what was signed.
  if (canonicalJson(json.value) !== record.statement || canonicalJson(parsed.output) !== record.statement) {
    return refuseMalformed('it is not canonical JSON');
  }
  return accept(parsed.output);
}

interface EmbeddedKey {
  readonly key: KeyObject;
  readonly sha256: Sha256Hex;
}

function readPublicKey(record: ApprovalRecord): Result<EmbeddedKey> {
  const spki = decodeBase64(record.publicKey);
  if (spki === null) return refuseMalformed('its public key is not canonical base64');
  try {
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    // Any other algorithm would verify by other rules than the ones we sign with.
    if (key.asymmetricKeyType !== 'ed25519') return refuseMalformed('its public key is not an Ed25519 key');
    return accept({ key, sha256: sha256Hex(spki) });
  } catch {
    // node:crypto reports bad DER only by throwing.
    return refuseMalformed('its public key cannot be read');
  }
}

/** The key in the record proves nothing by itself: it must be the operator's, and the statement must say the same. */
function checkKey(statement: ApprovalStatement, publicKey: EmbeddedKey, trustedKeySha256: Sha256Hex): Refusal | null {
  const { printedName, publicKeySha256 } = statement.operator;
  if (publicKey.sha256 === trustedKeySha256 && publicKeySha256 === trustedKeySha256) return null;
  const reason = `The approval in the name of ${printedName} is signed with a key that is not that operator's present key.`;
  return refuse('policy.approval-key-unknown', reason, { approval: statement.id });
}

function checkSignature(record: ApprovalRecord, publicKey: EmbeddedKey): Refusal | null {
  const signature = decodeBase64(record.signature);
  if (signature !== null && verify(null, Buffer.from(record.statement, 'utf8'), publicKey.key, signature)) return null;
  return refuse(
    'policy.approval-signature-invalid',
    "The approval's signature does not verify: the approval or its signature was changed.",
  );
}

/** Null unless the text is the one encoding of its bytes (RFC 4648 §3.5). */
function decodeBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

function describeIssue(issue: v.BaseIssue<unknown>): string {
  return `${v.getDotPath(issue) ?? 'statement'}: ${issue.message}`;
}

function refuseMalformed(why: string): Refusal {
  return refuse('policy.approval-malformed', `The approval cannot be read: ${why}.`);
}

/** The statement's text: what is signed and stored. */
export function encodeStatement(statement: ApprovalStatement): string {
  return canonicalJson(statement);
}
